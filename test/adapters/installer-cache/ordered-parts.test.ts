import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decoders } from '#adapters/installer-cache/decoders.ts';
import { type ByteRange, orderedParts } from '#adapters/installer-cache/ordered-parts.ts';
import { installerEncodings } from '#domain/release/release.ts';

const encoded = { identity: (bytes: Buffer) => bytes, gzip: gzipSync, zstd: zstdCompressSync };

interface Situation {
  readonly content: Buffer;
  readonly partBytes?: number;
  readonly partsAtATime?: number;
  /** Gives the bytes of a range, as late as it likes. */
  readonly answer?: (range: ByteRange) => Promise<Buffer>;
}

/** A number of bytes that are all different where parts could be confused. */
const counting = (length: number) =>
  Buffer.from(Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 256));

const given = ({ content, partBytes = 10, partsAtATime = 3, answer }: Situation) => {
  const asked: ByteRange[] = [];
  const stops: unknown[] = [];
  const stream = orderedParts({
    first: content.subarray(0, partBytes),
    size: content.length,
    partBytes,
    partsAtATime,
    readPart: (range) => {
      asked.push(range);
      return answer?.(range) ?? Promise.resolve(content.subarray(range.start, range.end));
    },
    stop: () => stops.push(stops.length),
  });
  const askedBytes = () =>
    asked.reduce((sum, { start, end }) => sum + end - start, Math.min(partBytes, content.length));
  return { stream, asked, stops, askedBytes };
};

const collected = async (stream: AsyncIterable<Buffer>) => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Lets everything happen that can happen by itself. */
const settle = async () => {
  for (let turns = 0; turns < 10; turns += 1) await turn();
};

describe('parts', () => {
  it('come in order whatever their number, and whichever arrives first; each is asked for once', async () => {
    const situations = fc.record({
      size: fc.nat(200),
      partBytes: fc.integer({ min: 1, max: 40 }),
      partsAtATime: fc.integer({ min: 1, max: 6 }),
      delays: fc.array(fc.nat(4), { minLength: 1, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(situations, async ({ size, partBytes, partsAtATime, delays }) => {
        const content = counting(size);
        const answer = async ({ start, end }: ByteRange) => {
          for (let left = delays[start % delays.length] ?? 0; left > 0; left -= 1) await turn();
          return content.subarray(start, end);
        };
        const { stream, asked, askedBytes } = given({ content, partBytes, partsAtATime, answer });
        expect(await collected(stream)).toEqual(content);
        expect(asked).toHaveLength(Math.max(0, Math.ceil(size / partBytes) - 1));
        expect(askedBytes()).toBe(size);
      }),
    );
  });

  it('are asked for while the one before is read, and not before anything is read', async () => {
    const { stream, asked } = given({ content: counting(100) });
    await settle();
    expect(asked).toEqual([]);
    await stream[Symbol.asyncIterator]().next();
    await settle();
    expect(asked).toEqual([
      { start: 10, end: 20 },
      { start: 20, end: 30 },
    ]);
  });

  it.each([
    [1, 1_000],
    [4, 1_000],
    [4, 100_000],
  ])('%i at a time of an object of %i bytes are in memory, however slow the reader is', async (partsAtATime, size) => {
    const { stream, askedBytes } = given({ content: counting(size), partsAtATime });
    let [taken, mostInMemory] = [0, 0];
    for await (const chunk of stream) {
      if (taken < 1_000) await settle();
      mostInMemory = Math.max(mostInMemory, askedBytes() - taken);
      taken += chunk.length;
    }
    expect(taken).toBe(size);
    expect(mostInMemory).toBe(partsAtATime * 10);
  });
});

describe('behind the parts', () => {
  it.each(installerEncodings)('a decoder (%s) and a slow disk hold no more than they work on', async (encoding) => {
    const content = randomBytes(4_000_000);
    const partBytes = 100_000;
    const { stream, askedBytes } = given({ content: encoded[encoding](content), partBytes });
    let [written, mostInMemory] = [0, 0];
    const slowDisk = new Writable({
      highWaterMark: 1,
      write: (chunk, _, done) => {
        mostInMemory = Math.max(mostInMemory, askedBytes() - written);
        written += chunk.length;
        settle().then(() => done(), done);
      },
    });
    await pipeline(stream, decoders[encoding](), slowDisk);
    expect(written).toBe(content.length);
    expect(mostInMemory).toBeLessThan(8 * partBytes);
  });
});

describe('the end', () => {
  it.each([0, 1, 9, 10])('of an object of %i bytes comes without a further part', async (size) => {
    const { stream, asked, stops } = given({ content: counting(size) });
    expect(await collected(stream)).toEqual(counting(size));
    expect(asked).toEqual([]);
    expect(stops).toHaveLength(1);
  });

  it('comes at once when a part fails, though the ones before are still under way, and those are stopped', async () => {
    const lost = new Error('lost');
    const answer = ({ start }: ByteRange) =>
      start === 20 ? Promise.reject(lost) : new Promise<Buffer>(() => undefined);
    const { stream, stops } = given({ content: counting(100), answer });
    await expect(collected(stream)).rejects.toBe(lost);
    expect(stops).toHaveLength(1);
  });

  it('comes when the reader has enough: what is under way is stopped, and nothing more is asked for', async () => {
    const { stream, asked, stops } = given({ content: counting(1_000) });
    for await (const _ of stream) break;
    await settle();
    expect(stops).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });
});
