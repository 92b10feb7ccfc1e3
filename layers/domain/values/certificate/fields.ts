import { isUtf8 } from 'node:buffer';
import { check, type Element, elementsIn, identifierOf, tags } from './der.ts';

const isLatin1Of =
  (pattern: RegExp) =>
  (content: Buffer): boolean =>
    pattern.test(content.toString('latin1'));

export const isAscii = (content: Buffer): boolean => content.every((byte) => byte < 0x80);

/** Neither halves of surrogate pairs nor what Unicode never gives a character. */
const isBmp = (content: Buffer): boolean =>
  content.length % 2 === 0 &&
  !/[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/.test(Buffer.from(content).swap16().toString('utf16le'));

/** The kinds of strings that Go knows in a name, and what each may hold; `*` and `&` are tolerated there. */
const strings: ReadonlyMap<number, (content: Buffer) => boolean> = new Map([
  [tags.utf8String, isUtf8],
  [tags.printableString, isLatin1Of(/^[a-zA-Z0-9 '()*+,\-./:=?&]*$/)],
  [tags.ia5String, isAscii],
  [tags.numericString, isLatin1Of(/^[0-9 ]*$/)],
  [tags.t61String, () => true],
  [tags.bmpString, isBmp],
]);

const checkAttribute = (attribute: Element, reason: string): void => {
  const [type, value] = elementsIn(attribute, tags.sequence, reason);
  identifierOf(type, reason);
  const isString = value !== undefined && strings.get(value.tag)?.(value.content);
  check(isString === true, `${reason}: a string has characters that its type does not allow`);
};

/** Checks the name of a subject or an issuer. @throws CertificateFault */
export const checkName = (name: Element | undefined, whose: string): void => {
  const reason = `has a malformed name of its ${whose}`;
  for (const set of elementsIn(name, tags.sequence, reason)) {
    for (const attribute of elementsIn(set, tags.set, reason)) checkAttribute(attribute, reason);
  }
};

const timePatterns: ReadonlyMap<number, RegExp> = new Map([
  [tags.utcTime, /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/],
  [tags.generalizedTime, /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/],
]);

/** Two digits stand for the years 1950 to 2049 (RFC 5280, 4.1.2.5.1). */
const yearOf = (digits: string): number => {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < 50 ? 2000 + year : 1900 + year;
};

const isTime = ({ tag, content }: Element): boolean => {
  const [, year = '', ...parts] = timePatterns.get(tag)?.exec(content.toString('latin1')) ?? [];
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const isDay = new Date(Date.UTC(yearOf(year), month - 1, day)).getUTCDate() === day;
  return month >= 1 && month <= 12 && day >= 1 && isDay && hour <= 23 && minute <= 59 && second <= 59;
};

/** Checks that both times are some, in the one form of RFC 5280; not that the certificate is valid now. */
export const checkValidity = (validity: Element | undefined): void => {
  const times = elementsIn(validity, tags.sequence, 'has a malformed validity');
  check(times.length === 2 && times.every(isTime), 'has a malformed validity');
};

/** Checks the name of an algorithm, which may have parameters. @returns both */
export const algorithmOf = (algorithm: Element | undefined, reason: string) => {
  const [type, parameters] = elementsIn(algorithm, tags.sequence, reason);
  return { type: identifierOf(type, reason), parameters };
};
