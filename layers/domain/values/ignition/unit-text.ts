import { bytesOf } from './members.ts';

/** Bytes. */
const longestLine = 2047;

interface Reading {
  readonly text: string;
  at: number;
}

const isSpace = (character: string): boolean =>
  /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(character);

const restOfLine = (reading: Reading): string => {
  const end = reading.text.indexOf('\n', reading.at);
  const line = reading.text.slice(reading.at, end === -1 ? undefined : end);
  reading.at = end === -1 ? reading.text.length : end + 1;
  return line.replace(/\r$/, '');
};

/** A line goes on below where it ends in a backslash. */
const skipLines = (reading: Reading): void => {
  while (restOfLine(reading).endsWith('\\'));
};

const skipValue = (reading: Reading): void => {
  for (let line = restOfLine(reading); line.endsWith('\\') && line.trim() !== ''; ) line = restOfLine(reading);
};

const isComment = (character: string): boolean => character === '#' || character === ';';

/** Whatever stands before the first section is passed over. */
const skipToSection = (reading: Reading): void => {
  for (let next = reading.text[reading.at]; next !== undefined && next !== '['; next = reading.text[reading.at]) {
    reading.at += 1;
    if (isComment(next)) skipLines(reading);
  }
};

const readSection = (reading: Reading): string | undefined => {
  const end = reading.text.indexOf(']', reading.at);
  if (end === -1) return 'has a section without ]';
  reading.at = end + 1;
  return restOfLine(reading).trim() === '' ? undefined : 'has something behind the ] of a section';
};

const readOption = (reading: Reading): string | undefined => {
  const found = /[=\r\n]/g;
  found.lastIndex = reading.at;
  const end = found.exec(reading.text);
  if (end?.[0] !== '=') return 'has a line that is neither a section, nor a comment, nor name=value';
  reading.at = end.index + 1;
  skipValue(reading);
  return undefined;
};

const readNext = (reading: Reading): string | undefined => {
  const next = reading.text.charAt(reading.at);
  if (next === '[') return readSection(reading);
  if (!isSpace(next) && !isComment(next)) return readOption(reading);
  reading.at += 1;
  if (isComment(next)) skipLines(reading);
  return undefined;
};

const tooLong = (text: string): boolean => text.split(/[\r\n]/).some((line) => bytesOf(line) > longestLine);

/** What Ignition would say against the text of a systemd unit or drop-in; undefined where it reads it. */
export const faultOfUnit = (text: string): string | undefined => {
  if (tooLong(text)) return `has a line of more than ${longestLine} bytes`;
  const reading: Reading = { text, at: 0 };
  skipToSection(reading);
  while (reading.at < text.length) {
    const fault = readNext(reading);
    if (fault !== undefined) return fault;
  }
  return undefined;
};
