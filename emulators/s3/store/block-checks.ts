/**
 * How a flipped bit in a blob's file is found: behind the content stand the CRC-32 of each of its blocks and a mark. A
 * file without the mark was brought in as it is, or written by an earlier version: it is read unchecked.
 */
import { fstatSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Extent } from './extents.ts';

/** Bytes that are read, and checked, at once. */
const blockSize = 256 * 1024;

const sumSize = 4;
const mark = Buffer.from('crc32-v1');

/** The content of a blob is no longer what was written. */
export class DamagedBlob extends Error {}

/** The sums of content that passes by. */
export const runningChecks = () => {
  const sums: number[] = [];
  let sum = 0;
  let filled = 0;
  const close = () => {
    sums.push(sum);
    sum = 0;
    filled = 0;
  };
  return {
    update(bytes: Buffer): void {
      for (let at = 0; at < bytes.length; ) {
        const piece = bytes.subarray(at, at + blockSize - filled);
        sum = crc32(piece, sum);
        filled += piece.length;
        at += piece.length;
        if (filled === blockSize) close();
      }
    },
    /** What goes behind the content. */
    trailer(): Buffer {
      if (filled > 0) close();
      const bytes = Buffer.alloc(sums.length * sumSize);
      for (const [block, value] of sums.entries()) bytes.writeUInt32LE(value, block * sumSize);
      return Buffer.concat([bytes, mark]);
    },
  };
};

export type Checks = { readonly contentLength: number; readonly sums: Buffer };

export const readFullySync = (file: number, { buffer, position }: { buffer: Buffer; position: number }): void => {
  for (let done = 0; done < buffer.length; ) {
    const count = readSync(file, buffer, done, buffer.length - done, position + done);
    if (count === 0) throw new DamagedBlob('A blob is shorter than its extents say.');
    done += count;
  }
};

/** Blocks: a few bytes, which are mostly in the page cache. undefined for a file that has none. */
export const checksOf = (file: number): Checks | undefined => {
  const end = fstatSync(file).size - mark.length;
  if (end <= 0) return undefined;
  const found = Buffer.alloc(mark.length);
  readFullySync(file, { buffer: found, position: end });
  if (!found.equals(mark)) return undefined;
  const sums = Buffer.alloc(Math.ceil(end / (blockSize + sumSize)) * sumSize);
  const contentLength = end - sums.length;
  readFullySync(file, { buffer: sums, position: contentLength });
  return { contentLength, sums };
};

export type Block = { readonly number: number; readonly position: number; readonly length: number };

/** The blocks in which an extent lies. Without checks the end of the content is not known, and none is read past the extent's. */
export function* blocksOf({ offset, length }: Extent, checks: Checks | undefined): Generator<Block> {
  const end = checks?.contentLength ?? offset + length;
  for (let number = Math.floor(offset / blockSize); number * blockSize < offset + length; number += 1) {
    const position = number * blockSize;
    yield { number, position, length: Math.min(blockSize, end - position) };
  }
}

/** @returns what of a block belongs to the extent. @throws DamagedBlob */
export const checkedPart = (
  bytes: Buffer,
  { block, extent, checks }: { block: Block; extent: Extent; checks: Checks | undefined },
): Buffer => {
  if (checks !== undefined && crc32(bytes) !== checks.sums.readUInt32LE(block.number * sumSize)) {
    throw new DamagedBlob('A blob is no longer what was written.');
  }
  const start = Math.max(0, extent.offset - block.position);
  return bytes.subarray(start, Math.min(bytes.length, extent.offset + extent.length - block.position));
};
