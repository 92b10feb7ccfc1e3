import type { IsoImage } from '#domain/iso/image.ts';

/** An image in memory that counts what is read of it. */
export const imageOf = (bytes: Buffer, size = bytes.length): IsoImage & { readonly reads: number[] } => {
  const reads: number[] = [];
  const read = async (offset: number, length: number) => {
    reads.push(length);
    if (offset + length > size) throw new Error(`asked for ${length} bytes at ${offset} of an image of ${size}`);
    const known = bytes.subarray(offset, offset + length);
    return Buffer.concat([known, Buffer.alloc(length - known.length)]);
  };
  return { size, read, reads };
};

/** Where the directory record of a file is, by its ISO 9660 name as it is stored. */
export const recordAt = (image: Buffer, isoName: string): number => {
  const at = image.indexOf(isoName, 16 * 2048, 'latin1');
  if (at < 0) throw new Error(`no record of ${isoName}`);
  return at - 33;
};

/** Writes a number of 32 bits in both byte orders. */
export const writeBoth32 = (image: Buffer, value: number, at: number): void => {
  image.writeUInt32LE(value, at);
  image.writeUInt32BE(value, at + 4);
};

/** A copy in which bytes were changed. */
export const changed = (image: Buffer, change: (copy: Buffer) => void): Buffer => {
  const copy = Buffer.from(image);
  change(copy);
  return copy;
};
