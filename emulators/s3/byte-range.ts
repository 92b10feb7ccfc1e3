/** Which bytes does a range mean? First and last included, as in HTTP; offsets pass 2^32. */
import { S3Error } from './s3-errors.ts';

export type ByteRange = { readonly offset: number; readonly length: number };

const notSatisfiable = (range: string, size: number): S3Error =>
  new S3Error('InvalidRange', undefined, { RangeRequested: range, ActualObjectSize: String(size) });

/**
 * `bytes=a-b`, `bytes=a-` or `bytes=-n` of an object of `size` bytes. Undefined, which means all of it, for no range
 * and, as in S3, for several ranges or one that cannot be read. Throws InvalidRange if nothing is left of it.
 */
export const readRange = (header: string | undefined, size: number): ByteRange | undefined => {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (header === undefined || first === undefined || last === undefined || first + last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    if (length === 0) throw notSatisfiable(header, size);
    return { offset: size - length, length };
  }
  const offset = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < offset) return undefined;
  if (offset >= size) throw notSatisfiable(header, size);
  return { offset, length: end - offset + 1 };
};

/** The range of a copied part: both ends given and inside the source. Throws InvalidArgument, InvalidRange. */
export const readCopyRange = (header: string | undefined, size: number): ByteRange => {
  if (header === undefined) return { offset: 0, length: size };
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header) ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first)) {
    throw new S3Error('InvalidArgument', 'The x-amz-copy-source-range value must be of the form bytes=first-last.');
  }
  if (Number(last) >= size) throw notSatisfiable(header, size);
  return { offset: Number(first), length: Number(last) - Number(first) + 1 };
};
