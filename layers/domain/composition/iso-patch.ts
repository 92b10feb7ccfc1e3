/** Bytes that replace those of the image from a byte offset on. */
export interface Patch {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

interface Piece {
  /** Where in the image the bytes are from. */
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * A piece of the patched image, made of that piece of the base image: an upload part, or any chunk of a stream. A patch may
 * begin or end outside the piece.
 *
 * @returns a copy, or the same bytes if no patch touches them
 */
export const applyPatches = ({ start, bytes }: Piece, patches: readonly Patch[]): Uint8Array => {
  const end = start + bytes.length;
  const touching = patches.filter((patch) => patch.offset < end && patch.offset + patch.bytes.length > start);
  if (touching.length === 0) return bytes;
  const patched = Uint8Array.from(bytes);
  for (const patch of touching) {
    const from = Math.max(start, patch.offset);
    const to = Math.min(end, patch.offset + patch.bytes.length);
    patched.set(patch.bytes.subarray(from - patch.offset, to - patch.offset), from - start);
  }
  return patched;
};
