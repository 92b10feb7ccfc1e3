import {
  boolYaml11Tag,
  COLLECTION_STYLE,
  CORE_SCHEMA,
  constructFromEvents,
  defineMappingTag,
  EVENT_ID,
  type Event,
  mapTag,
  mergeTag,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml';
import { withFlowIndented } from './flow-indentation.ts';

/** As YAML 1.1 has it, where `yes` is a boolean, and with keys that can be keys of JSON. */
const schema = CORE_SCHEMA.withTags(
  boolYaml11Tag,
  mergeTag,
  defineMappingTag(mapTag.tagName, {
    ...mapTag,
    addPair: (mapping, key, value) => (key === null ? 'a key is null' : mapTag.addPair(mapping, key, value)),
  }),
);

/** A line that ends a document, with nothing but a comment behind it. */
const separator = /(?<![^\n])---[^\S\n]*(?:#[^\n]*)?(?:\n|$)/g;

interface Part {
  readonly text: string;
  /** Where it begins in the whole. */
  readonly start: number;
}

const partsOf = (text: string): readonly Part[] => {
  const separators = [...text.matchAll(separator)];
  const starts = [0, ...separators.map(({ 0: line, index }) => index + line.length)];
  const parts = starts.map((start, at) => ({ text: text.slice(start, separators[at]?.index), start }));
  return parts.filter(({ text: part }) => part.trim() !== '');
};

const escapes = /\\(\/|ud[89a-f]|.)/gis;

/** Whether it has an escape that JSON has and YAML 1.1 has not: of a slash, or of a character in two halves. */
const hasUnknownEscape = (quoted: string): boolean =>
  [...quoted.matchAll(escapes)].some(([, escaped = '']) => escaped === '/' || escaped.length > 1);

/** In front of anything else on a line, where a tab would have to stand for some number of blanks. */
const tabInIndentation = /\n[ ?:-]*\t/;

const isInBrackets = (open: readonly Event[]): boolean =>
  open.some((event) => 'style' in event && event.style === COLLECTION_STYLE.FLOW);

/** What stands between scalars and in no brackets, as positions. */
function* gapsOf(text: string, events: readonly Event[]): Generator<readonly [from: number, to: number]> {
  const open: Event[] = [];
  let [end, isFree] = [0, false];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) open.pop();
    else if (event.type === EVENT_ID.SCALAR) {
      if (!isFree && !isInBrackets(open)) yield [end, event.valueStart];
      [end, isFree] = [event.valueEnd, isInBrackets(open)];
    } else if (event.type !== EVENT_ID.ALIAS) open.push(event);
  }
  if (!isFree) yield [end, text.length];
}

const positionOfTab = (text: string, events: readonly Event[]): number => {
  for (const [from, to] of gapsOf(text, events)) {
    const lines = from === 0 ? `\n${text.slice(0, to)}` : text.slice(from - 1, to);
    const lineEnd = lines.search(tabInIndentation);
    if (lineEnd !== -1) return to - lines.length + lineEnd + 1;
  }
  return -1;
};

const positionOfEscape = (text: string, events: readonly Event[]): number =>
  events.flatMap((event) =>
    event.type === EVENT_ID.SCALAR &&
    event.style === SCALAR_STYLE.DOUBLE_QUOTED &&
    hasUnknownEscape(text.slice(event.valueStart, event.valueEnd))
      ? [event.valueStart]
      : [],
  )[0] ?? -1;

/** What YAML 1.2 takes and YAML 1.1 does not. */
const checkVersion = (text: string, events: readonly Event[]): void => {
  const problems: readonly (readonly [at: number, reason: string])[] = [
    [text.search(/[\u0085\u2028\u2029]/), 'a line end of Unicode that not every reader takes for one'],
    [positionOfEscape(text, events), 'an escape that YAML 1.1 does not know'],
    [positionOfTab(text, events), 'a tab in the indentation'],
  ];
  for (const [at, reason] of problems) if (at !== -1) YAMLException.throwAt(text, at, reason);
};

const documentIn = (text: string): unknown => {
  const events = parseEvents(text, {});
  const [first, ...more] = events.filter((event) => event.type === EVENT_ID.DOCUMENT);
  if (first !== undefined && first.directives.length > 0) throw new YAMLException('directives are not taken');
  if (more.length > 0) throw new YAMLException('a line with --- alone has to stand between two documents');
  checkVersion(text, events);
  return constructFromEvents(events, { source: text, schema })[0];
};

/** An error of a part, with its line in the whole. */
const withPlace = (error: unknown, text: string, part: Part): unknown => {
  if (!(error instanceof YAMLException) || error.mark === undefined) return error;
  const before = part.text.split('\n').slice(0, error.mark.line);
  try {
    return YAMLException.throwAt(text, part.start + before.map((line) => `${line}\n`).join('').length, error.reason);
  } catch (placed) {
    return placed;
  }
};

/**
 * Reads a file of documents as the programs of a cluster do, which are in Go: they cut it at lines `---` before they read
 * it, so that a directive ends the reading and a document that begins otherwise is passed over, and read YAML 1.1
 * (apimachinery's `YAMLReader`, go-yaml 2). What only they take is refused too, such as a key that is there twice.
 *
 * @returns the documents that are not empty; scalars and keys as YAML 1.1 means them
 * @throws YAMLException
 */
export const readGoYaml = (text: string): readonly unknown[] =>
  partsOf(text)
    .map((part) => {
      try {
        return withFlowIndented(part.text, documentIn);
      } catch (error) {
        throw withPlace(error, text, part);
      }
    })
    .filter((document) => document !== undefined && document !== null);
