import { damaged } from './problem.ts';

interface Field {
  readonly at: number;
  /** For the message. */
  readonly name: string;
}

const agreed = (little: number, big: number, name: string): number => {
  if (little !== big) throw damaged(name, `is ${little} in one byte order and ${big} in the other`);
  return little;
};

/** A 16-bit number that is stored in both byte orders. @throws IsoProblem Damaged when they disagree */
export const both16 = (bytes: Buffer, { at, name }: Field): number =>
  agreed(bytes.readUInt16LE(at), bytes.readUInt16BE(at + 2), name);

/** A 32-bit number that is stored in both byte orders. @throws IsoProblem Damaged when they disagree */
export const both32 = (bytes: Buffer, { at, name }: Field): number =>
  agreed(bytes.readUInt32LE(at), bytes.readUInt32BE(at + 4), name);
