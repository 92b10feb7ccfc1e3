/** Go's words for what its JSON decoder refuses, as far as a pull secret can provoke them. */

const invalidCharacter = (text: string, position: number): string =>
  `invalid character '${text.charAt(position)}' looking for beginning of value`;

const describeSyntaxError = (text: string, error: Error): string => {
  const position = Number(/at position (\d+)/.exec(error.message)?.[1] ?? Number.NaN);
  const atEnd = /end of JSON input|Unterminated string/.test(error.message) || position >= text.trimEnd().length;
  if (atEnd) return 'unexpected end of JSON input';
  return invalidCharacter(text, Number.isNaN(position) ? text.search(/\S/) : position);
};

/** JSON.parse that throws an Error with Go's text. */
export const parseGoJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(describeSyntaxError(text, error instanceof Error ? error : new Error()), { cause: error });
  }
};

const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, member]) => [key, sortKeys(member)]));
};

/** Indented by two spaces with sorted keys, as Go marshals a map. */
export const indentGoJson = (value: unknown): string => JSON.stringify(sortKeys(value), null, 2);
