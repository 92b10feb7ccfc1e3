import { YAMLException } from 'js-yaml';

/** Lines in one text; a person closes a handful of brackets too far to the left. */
const mostLines = 20;

/** More blanks than anything else is indented by. */
const indentation = ' '.repeat(100);

const lineOf = (error: unknown): number | undefined =>
  error instanceof YAMLException && error.reason === 'deficient indentation' ? error.mark?.line : undefined;

const indented = (text: string, line: number): string =>
  text
    .split('\n')
    .map((content, at) => (at === line ? `${indentation}${content}` : content))
    .join('\n');

/**
 * Reads YAML in which lines within brackets or quotes begin too far to the left, such as the one with the closing bracket.
 * The parsers of the programs on site take that, and js-yaml does not. Blanks in front of such lines mean nothing.
 *
 * @throws whatever `read` throws; behind such a line, columns are not those of the text
 */
export const withFlowIndented = <Value>(text: string, read: (text: string) => Value): Value => {
  let current = text;
  for (let lines = 0; ; lines += 1) {
    try {
      return read(current);
    } catch (error) {
      const line = lineOf(error);
      if (line === undefined || lines === mostLines) throw error;
      current = indented(current, line);
    }
  }
};
