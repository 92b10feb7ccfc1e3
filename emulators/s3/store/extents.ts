/**
 * An object's content as a list of extents over immutable blobs. Copying copies the list; no byte moves.
 * Offsets pass 2^32, so they are plain numbers and never meet a bit operator.
 */
export type Extent = { readonly blob: string; readonly offset: number; readonly length: number };

export const totalLength = (extents: readonly Extent[]): number =>
  extents.reduce((total, extent) => total + extent.length, 0);

/** The extents of `length` bytes from `offset` on. */
export const sliceExtents = (
  extents: readonly Extent[],
  { offset, length }: { offset: number; length: number },
): Extent[] => {
  const slice: Extent[] = [];
  let start = 0;
  for (const extent of extents) {
    const from = Math.max(offset, start);
    const to = Math.min(offset + length, start + extent.length);
    if (from < to) slice.push({ blob: extent.blob, offset: extent.offset + from - start, length: to - from });
    start += extent.length;
    if (start >= offset + length) break;
  }
  return slice;
};

const continues = (left: Extent, right: Extent): boolean =>
  left.blob === right.blob && left.offset + left.length === right.offset;

/** The same content in the fewest extents: neighbours in one blob become one. */
export const mergeExtents = (extents: readonly Extent[]): Extent[] => {
  const merged: Extent[] = [];
  for (const extent of extents) {
    const last = merged.at(-1);
    if (last !== undefined && continues(last, extent)) {
      merged[merged.length - 1] = { ...last, length: last.length + extent.length };
    } else {
      merged.push(extent);
    }
  }
  return merged;
};
