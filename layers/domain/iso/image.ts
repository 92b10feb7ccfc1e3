import { isoProblem } from './problem.ts';

/** Reads `length` bytes from a byte offset. It is asked for nothing beyond the end of the image. */
type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

export interface IsoImage {
  /** Bytes; plain numbers, since images are larger than 2^32. */
  readonly size: number;
  readonly read: ReadBytes;
}

/** Where a file or a directory lies in the image, in bytes. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

interface Wanted extends Extent {
  /** For the message, e.g. `/coreos/kargs.json`. */
  readonly what: string;
}

/** All bytes of an extent. @throws IsoProblem when the image does not hold them */
export const readExtent = async (image: IsoImage, { offset, length, what }: Wanted): Promise<Buffer> => {
  if (offset + length > image.size) throw isoProblem('OutsideImage', { what });
  // No range of bytes can be asked for that has none.
  if (length === 0) return Buffer.alloc(0);
  const bytes = await image.read(offset, length);
  if (bytes.length !== length) throw isoProblem('OutsideImage', { what });
  return Buffer.from(bytes.buffer, bytes.byteOffset, length);
};

/** What lies behind a small read is often what is read next: directories follow the descriptors, small files each other. */
const readAheadBytes = 64 * 1024;

/** The same image with fewer and somewhat longer reads; what was read is kept as long as the result. */
export const readAhead = ({ size, read }: IsoImage): IsoImage => {
  const kept: { offset: number; bytes: Uint8Array }[] = [];
  const readKept: ReadBytes = async (offset, length) => {
    const holds = (piece: (typeof kept)[number]) =>
      piece.offset <= offset && offset + length <= piece.offset + piece.bytes.length;
    const known = kept.find(holds);
    if (known !== undefined) return known.bytes.subarray(offset - known.offset, offset - known.offset + length);
    const bytes = await read(offset, Math.min(Math.max(length, readAheadBytes), size - offset));
    kept.push({ offset, bytes });
    return bytes.subarray(0, length);
  };
  return { size, read: readKept };
};
