import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ObjectReplaced } from '#adapters/installer-cache/object-part.ts';
import { given, kilobyte, use } from './given.ts';

describe('damage', () => {
  const damages: [string, (path: string) => Promise<void>][] = [
    ['changed', (path) => writeFile(path, kilobyte('x'))],
    ['truncated', (path) => truncate(path, 500)],
    ['emptied', (path) => truncate(path, 0)],
  ];

  it.each(damages)(
    'a cached file that was %s is fetched again, by a new process and by a running one',
    async (_, damage) => {
      const { bucket, start, cacheDir, logger } = await given();
      const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
      const path = join(cacheDir, release.installer.sha256);
      const running = start();
      await use(running, release);
      for (const cache of [running, start()]) {
        await damage(path);
        expect(await use(cache, release)).toEqual(kilobyte('a'));
      }
      expect(bucket.opened).toHaveLength(3);
      expect(logger.lines.map(({ level }) => level)).toEqual(['warn', 'warn']);
    },
  );

  it('a cached file that was deleted is fetched again', async () => {
    const { bucket, start, cacheDir } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    const cache = start();
    await use(cache, release);
    await rm(join(cacheDir, release.installer.sha256));
    expect(await use(cache, release)).toEqual(kilobyte('a'));
  });

  it.each([
    ['has another content', 'identity', () => kilobyte('x')],
    ['is too short', 'identity', (stored: Buffer) => stored.subarray(1)],
    ['is longer than the release says', 'identity', (stored: Buffer) => Buffer.concat([stored, kilobyte('x')])],
    ['breaks off', 'gzip', (stored: Buffer) => stored.subarray(0, stored.length - 9)],
    ['is not gzip', 'gzip', () => kilobyte('x')],
    ['breaks off', 'zstd', (stored: Buffer) => stored.subarray(0, stored.length - 3)],
    ['is not zstd', 'zstd', () => kilobyte('x')],
  ] as const)(
    'an object that %s (%s) is fetched once more, then given up, and nothing stays',
    async (_, encoding, damage) => {
      const { bucket, start, cached } = await given();
      const release = bucket.add({ version: '4.20.0', content: kilobyte('a'), encoding });
      const { key } = release.installer;
      bucket.stored.set(key, damage(bucket.stored.get(key) ?? Buffer.alloc(0)));
      await expect(use(start(), release)).rejects.toMatchObject({ name: 'InstallerCorrupt', status: 500 });
      expect(bucket.opened).toHaveLength(2);
      expect(await cached()).toEqual([]);
    },
  );

  it('an object that is sound the second time is taken', async () => {
    const { bucket, start } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    const { key } = release.installer;
    bucket.onOpen(async () => {
      bucket.stored.set(key, bucket.opened.length === 1 ? kilobyte('x') : kilobyte('a'));
      return undefined;
    });
    expect(await use(start(), release)).toEqual(kilobyte('a'));
  });

  describe('an object that is replaced or removed while it is fetched', () => {
    /** Half of an installer, then the discovery that the rest is another one's. */
    const replaced = (key: string) =>
      Readable.from(
        (async function* () {
          yield kilobyte('a').subarray(0, 500);
          throw new ObjectReplaced(key);
        })(),
      );

    const replacedFor = async (times: number) => {
      const here = await given();
      const release = here.bucket.add({ version: '4.20.0', content: kilobyte('a') });
      here.bucket.onOpen(async (key) => (here.bucket.opened.length <= times ? replaced(key) : undefined));
      return { ...here, release };
    };

    it('is fetched once more', async () => {
      const { bucket, start, release, logger } = await replacedFor(1);
      expect(await use(start(), release)).toEqual(kilobyte('a'));
      expect(bucket.opened).toHaveLength(2);
      expect(logger.lines).toMatchObject([{ level: 'warn', fields: { version: '4.20.0', reason: 'replaced' } }]);
    });

    it('is missing if it is not there the second time', async () => {
      const { bucket, start, release, cached } = await replacedFor(1);
      bucket.stored.clear();
      await expect(use(start(), release)).rejects.toMatchObject({ name: 'InstallerMissing' });
      expect(await cached()).toEqual([]);
    });

    it('is given up if it is replaced again, and nothing stays', async () => {
      const { bucket, start, release, cached } = await replacedFor(2);
      await expect(use(start(), release)).rejects.toThrow('release 4.20.0 was replaced twice');
      expect(bucket.opened).toHaveLength(2);
      expect(await cached()).toEqual([]);
    });
  });

  it('a bucket that cannot be read is an error, and the next try starts afresh', async () => {
    const { bucket, start, cached } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    const cache = start();
    bucket.onOpen(() => Promise.reject(new Error('connection reset')));
    await expect(use(cache, release)).rejects.toThrow('connection reset');
    expect(await cached()).toEqual([]);
    bucket.onOpen(async () => undefined);
    expect(await use(cache, release)).toEqual(kilobyte('a'));
  });
});
