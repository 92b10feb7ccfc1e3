/**
 * The CRC of two pieces put together, from the CRCs of the pieces and the length of the second: multiplication of
 * polynomials over GF(2), modulo the CRC's own. It gives the checksum of a whole object without reading it again.
 */
import type { ChecksumAlgorithm } from './checksum.ts';

type Field = { readonly width: bigint; readonly polynomial: bigint };

/** Reflected polynomials: the highest bit is the coefficient of x^0. */
const fields: Readonly<Partial<Record<ChecksumAlgorithm, Field>>> = {
  CRC32: { width: 32n, polynomial: 0xedb88320n },
  CRC32C: { width: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { width: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
};

const multiply = ({ width, polynomial }: Field, left: bigint, right: bigint): bigint => {
  let product = 0n;
  let shifted = right;
  for (let bit = 1n << (width - 1n); bit > 0n; bit >>= 1n) {
    if (left & bit) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
  }
  return product;
};

/** x^(8 * bytes): what appending that many bytes does to a CRC. */
const shiftBy = (field: Field, bytes: number): bigint => {
  let result = 1n << (field.width - 1n);
  let square = 1n << (field.width - 9n);
  for (let left = BigInt(bytes); left > 0n; left >>= 1n) {
    if (left & 1n) result = multiply(field, result, square);
    square = multiply(field, square, square);
  }
  return result;
};

/** `value` is a raw big-endian CRC, `length` the number of bytes it covers. */
export type Piece = { readonly value: Buffer; readonly length: number };

export const isLinear = (algorithm: ChecksumAlgorithm): boolean => fields[algorithm] !== undefined;

/** The CRC of all pieces in their order; undefined for an algorithm that is not a CRC. */
export const combineCrcs = (algorithm: ChecksumAlgorithm, pieces: readonly Piece[]): Buffer | undefined => {
  const field = fields[algorithm];
  if (field === undefined) return undefined;
  const combined = pieces.reduce(
    (crc, { value, length }) => multiply(field, shiftBy(field, length), crc) ^ BigInt(`0x${value.toString('hex')}`),
    0n,
  );
  return Buffer.from(combined.toString(16).padStart(Number(field.width / 4n), '0'), 'hex');
};
