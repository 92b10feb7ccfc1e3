import type { Extent } from '../iso/image.ts';

const mebibyte = 1024 * 1024;

/** S3's rules for a multipart upload. The last part may be smaller than the smallest. */
export const partLimits = { smallest: 5 * mebibyte, largest: 5 * 1024 * mebibyte, count: 10_000 } as const;

/** Large enough that the number of requests does not count, small enough that many copies at once take little time. */
export const usualPartSize = 64 * mebibyte;

/** A piece of the new image, `start` to before `end` in bytes, which are the same places in the base image. */
interface Range {
  /** From 1. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Copied from the base image inside S3. */
interface CopyPart extends Range {
  readonly kind: 'copy';
}

/** Read from the base image, patched, and uploaded. */
export interface UploadPart extends Range {
  readonly kind: 'upload';
  /** The places of the patches inside it. */
  readonly patches: readonly Extent[];
}

export type Part = CopyPart | UploadPart;
export type SplicePlan = readonly Part[];

type Unnumbered = Omit<CopyPart, 'number'> | Omit<UploadPart, 'number'>;

interface Splice {
  /** Bytes of the base image, which are those of the new one. */
  readonly size: number;
  /** The places of the patches, in any order. */
  readonly patches: readonly Extent[];
  /**
   * Bytes of a copied part, from 5 MiB to 5 MiB less than 5 GiB; the one before an uploaded part also takes a rest of up to
   * 5 MiB, and all are larger where there would be too many.
   */
  readonly partSize?: number;
}

const checkPlaces = (patches: readonly Extent[], size: number): void => {
  let reached = 0;
  for (const { offset, length } of patches) {
    if (length < 1 || offset < reached || offset + length > size) {
      throw new RangeError(`the patch of ${length} bytes at ${offset} overlaps another or is outside the image`);
    }
    reached = offset + length;
  }
};

/** Uploaded parts: each with its patches, at least as long as a part must be, and with room for a copied one between. */
const uploadParts = (sorted: readonly Extent[], size: number): Omit<UploadPart, 'number'>[] => {
  const { smallest } = partLimits;
  const parts: Omit<UploadPart, 'number'>[] = [];
  for (const patch of sorted) {
    const before = parts.at(-1) ?? { start: 0, end: 0, patches: [] };
    const isNear = patch.offset - before.end < smallest;
    const start = isNear ? before.start : patch.offset;
    const end = Math.min(size, Math.max(before.end, patch.offset + patch.length, start + smallest));
    const patches = isNear ? [...before.patches, patch] : [patch];
    if (isNear) parts.pop();
    parts.push({ kind: 'upload', start, end, patches });
  }
  return parts;
};

function* copiesOf(start: number, end: number, partSize: number): Generator<Omit<CopyPart, 'number'>> {
  // Only the last takes the rest, so that none is smaller than a part may be.
  const count = Math.max(1, Math.floor((end - start - partLimits.smallest) / partSize) + 1);
  for (let index = 0; index < count; index += 1) {
    const from = start + index * partSize;
    yield { kind: 'copy', start: from, end: index === count - 1 ? end : from + partSize };
  }
}

/** The asked size, or the next whole MiB with which the image fits into the number of parts. */
const fittingPartSize = ({ size, patches, partSize = usualPartSize }: Splice): number => {
  // Each patch makes at most one uploaded part and one more gap with a rest.
  const copies = partLimits.count - 2 * patches.length - 1;
  return Math.max(partSize, Math.ceil(size / copies / mebibyte) * mebibyte);
};

function* partsOf(splice: Splice): Generator<Unnumbered> {
  const { size } = splice;
  const sorted = splice.patches.toSorted((one, other) => one.offset - other.offset);
  checkPlaces(sorted, size);
  if (size <= partLimits.smallest) {
    yield { kind: 'upload', start: 0, end: size, patches: sorted };
    return;
  }
  const partSize = fittingPartSize(splice);
  let reached = 0;
  for (const upload of uploadParts(sorted, size)) {
    if (upload.start > reached) yield* copiesOf(reached, upload.start, partSize);
    yield upload;
    reached = upload.end;
  }
  if (reached < size) yield* copiesOf(reached, size, partSize);
}

/**
 * How a multipart upload makes the patched image: parts that cover it once, in order. S3 copies no range of an object of
 * 5 MiB or less, so such an image is one uploaded part.
 *
 * @throws RangeError when patches overlap, or lie outside the image
 */
export const planSplice = (splice: Splice): SplicePlan => {
  if (splice.size < 1) throw new RangeError('an image has at least one byte');
  return [...partsOf(splice)].map((part, index) => ({ ...part, number: index + 1 }));
};
