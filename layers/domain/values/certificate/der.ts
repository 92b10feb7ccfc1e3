/** Why bytes are no certificate; the reason follows the name of what they are, and quotes nothing of them. */
export class CertificateFault extends Error {}

export const refuse = (reason: string): never => {
  throw new CertificateFault(reason);
};

/** @throws CertificateFault */
export const check = (holds: boolean, reason: string): void => {
  if (!holds) refuse(reason);
};

/** One element in the Distinguished Encoding Rules (X.690). */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A tag of the context: `[number]` in ASN.1. */
export const context = (number: number): number => 0x80 + number;
export const constructed = (number: number): number => 0xa0 + number;

/** What is said of bytes that are something else, or are encoded otherwise. */
export const notCertificate = 'is not an X.509 certificate';

interface Header {
  /** Where the content begins. */
  readonly start: number;
  readonly length: number;
}

/** As short as it can be said, in at most four bytes. */
const longHeader = (bytes: Buffer, at: number, count: number): Header => {
  check(count >= 1 && count <= 4 && at + 2 + count <= bytes.length, notCertificate);
  const length = bytes.readUIntBE(at + 2, count);
  check(length >= Math.max(0x80, 2 ** (8 * (count - 1))), notCertificate);
  return { start: at + 2 + count, length };
};

const headerAt = (bytes: Buffer, at: number): Header => {
  check(at + 2 <= bytes.length && (bytes.readUInt8(at) & 0x1f) !== 0x1f, notCertificate);
  const first = bytes.readUInt8(at + 1);
  return first < 0x80 ? { start: at + 2, length: first } : longHeader(bytes, at, first & 0x7f);
};

/** The elements that the bytes are, without looking into them. @throws CertificateFault */
export const elementsOf = (bytes: Buffer): readonly Element[] => {
  const elements: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { start, length } = headerAt(bytes, at);
    check(start + length <= bytes.length, notCertificate);
    elements.push({ tag: bytes.readUInt8(at), content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return elements;
};

/** The content of an element that has to have this tag. @throws CertificateFault with the reason */
export const contentOf = (element: Element | undefined, tag: number, reason: string): Buffer =>
  element?.tag === tag ? element.content : refuse(reason);

/** The elements in an element that has to have this tag. @throws CertificateFault with the reason, or of its encoding */
export const elementsIn = (element: Element | undefined, tag: number, reason: string): readonly Element[] =>
  elementsOf(contentOf(element, tag, reason));

/** An integer's bytes, as few as it takes. @throws CertificateFault with the reason */
export const integerOf = (element: Element | undefined, reason: string): Buffer => {
  const content = contentOf(element, tags.integer, reason);
  const [first, second] = content;
  const isPadded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  check(first !== undefined && !isPadded, reason);
  return content;
};

export const isNegative = (integer: Buffer): boolean => integer.readUInt8(0) >= 0x80;

export const isPositive = (integer: Buffer): boolean => !isNegative(integer) && integer.some((byte) => byte !== 0);

/** Each number of an identifier is as short as it can be, and below 2^31. */
const isIdentifier = (content: Buffer): boolean => {
  let [number, isFirst] = [0, true];
  for (const byte of content) {
    if ((isFirst && byte === 0x80) || number >= 2 ** 24) return false;
    isFirst = byte < 0x80;
    number = isFirst ? 0 : number * 128 + (byte & 0x7f);
  }
  return content.length > 0 && isFirst;
};

/** An object identifier's bytes in hexadecimal. @throws CertificateFault with the reason */
export const identifierOf = (element: Element | undefined, reason: string): string => {
  const content = contentOf(element, tags.oid, reason);
  check(isIdentifier(content), reason);
  return content.toString('hex');
};

/** The bytes of a string of bits, whose unused bits are zero. @throws CertificateFault with the reason */
export const bitsOf = (element: Element | undefined, reason: string): Buffer => {
  const [unused = 8, ...bytes] = contentOf(element, tags.bitString, reason);
  check(unused <= (bytes.length === 0 ? 0 : 7) && (bytes.at(-1) ?? 0) % 2 ** unused === 0, reason);
  return Buffer.from(bytes);
};

/** @throws CertificateFault with the reason */
export const checkBoolean = (element: Element | undefined, reason: string): void => {
  const content = contentOf(element, tags.boolean, reason);
  check(content.length === 1 && (content[0] === 0 || content[0] === 0xff), reason);
};
