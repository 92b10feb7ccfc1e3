import { chmod, mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { installerCache } from '#adapters/installer-cache/installer-cache.ts';
import type { Release } from '#domain/release/release.ts';
import { memoryInstallerObjects } from '#test/fakes/installer-objects.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const never = new AbortController().signal;
const kilobyte = (letter: string) => Buffer.alloc(1000, letter);

const given = async ({ maxBytes = 10_000 } = {}) => {
  const dir = await temporaryFolder();
  const bucket = memoryInstallerObjects();
  const logger = memoryLogger();
  const [imageDir, cacheDir] = [join(dir, 'image'), join(dir, 'cache')];
  /** A cache of a process that has just started. */
  const start = () => installerCache({ imageDir, cacheDir, maxBytes, objects: bucket.objects, logger });
  const cached = async () => (await readdir(cacheDir)).sort();
  return { bucket, logger, imageDir, cacheDir, start, cached };
};

const use = async (cache: ReturnType<typeof installerCache>, release: Release): Promise<Buffer> => {
  const { path, dispose } = await cache.acquire(release, never);
  try {
    return await readFile(path);
  } finally {
    dispose();
  }
};

const shas = (...releases: Release[]) => releases.map(({ installer }) => installer.sha256).sort();

describe('finding an installer', () => {
  it.each(['identity', 'gzip', 'zstd'] as const)(
    'in the bucket, stored as %s: decoded, executable, fetched once',
    async (encoding) => {
      const { bucket, start, cached } = await given();
      const content = Buffer.from('#!/bin/sh\n'.repeat(80));
      const release = bucket.add({ version: '4.20.0', content, encoding });
      const cache = start();
      const { path, sha256, dispose } = await cache.acquire(release, never);
      expect(await readFile(path)).toEqual(content);
      expect(sha256).toBe(release.installer.sha256);
      expect((await stat(path)).mode & 0o777).toBe(0o700);
      dispose();
      await use(cache, release);
      expect(bucket.opened).toHaveLength(1);
      expect(await cached()).toEqual(shas(release));
    },
  );

  it('in the folder of an earlier process', async () => {
    const { bucket, start } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    await use(start(), release);
    await use(start(), release);
    expect(bucket.opened).toHaveLength(1);
  });

  it('in the image, before anywhere else', async () => {
    const { bucket, start, imageDir } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    await mkdir(join(imageDir, '4.20.0'), { recursive: true });
    await writeFile(join(imageDir, '4.20.0', 'openshift-install'), kilobyte('a'));
    const { path } = await start().acquire(release, never);
    expect(path).toBe(join(imageDir, '4.20.0', 'openshift-install'));
    expect(bucket.opened).toEqual([]);
  });

  it('not in the image when that holds another build of the version', async () => {
    const { bucket, start, imageDir, logger } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    await mkdir(join(imageDir, '4.20.0'), { recursive: true });
    await writeFile(join(imageDir, '4.20.0', 'openshift-install'), kilobyte('b'));
    expect(await use(start(), release)).toEqual(kilobyte('a'));
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { version: '4.20.0' } }]);
  });

  it('nowhere: says which one, and that can be mended', async () => {
    const { bucket, start, cached } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    const objects = new Map(bucket.stored);
    bucket.stored.clear();
    const cache = start();
    await expect(use(cache, release)).rejects.toMatchObject({
      name: 'InstallerMissing',
      message: expect.stringContaining('openshift-install 4.20.0 for x86_64'),
    });
    expect(await cached()).toEqual([]);
    for (const [key, bytes] of objects) bucket.stored.set(key, bytes);
    expect(await use(cache, release)).toEqual(kilobyte('a'));
  });
});

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

describe('the bound', () => {
  const three = async () => {
    const here = await given({ maxBytes: 2_000 });
    const [a, b, c] = (['a', 'b', 'c'] as const).map((letter) =>
      here.bucket.add({ version: `4.20.${letter.charCodeAt(0)}`, content: kilobyte(letter) }),
    ) as [Release, Release, Release];
    return { ...here, a, b, c };
  };

  /** Makes a file's last use lie so many seconds in the past. */
  const age = async (path: string, seconds: number) => {
    const { mtime } = await stat(path);
    await utimes(path, new Date(Date.now() - seconds * 1000), mtime);
  };

  it('the least recently used one makes room', async () => {
    const { start, cacheDir, cached, a, b, c } = await three();
    const cache = start();
    await use(cache, a);
    await use(cache, b);
    await age(join(cacheDir, a.installer.sha256), 10);
    await age(join(cacheDir, b.installer.sha256), 20);
    await use(cache, b);
    await use(cache, c);
    expect(await cached()).toEqual(shas(b, c));
  });

  it('one in use is never taken', async () => {
    const { start, cacheDir, cached, a, b, c } = await three();
    const cache = start();
    const inUse = await cache.acquire(a, never);
    await age(join(cacheDir, a.installer.sha256), 10);
    await use(cache, b);
    await use(cache, c);
    expect(await cached()).toEqual(shas(a, c));
    inUse.dispose();
  });

  it('one in use twice is in use until both have ended; ending twice counts once', async () => {
    const { start, cached, a, b, c } = await three();
    const cache = start();
    const [first, second] = [await cache.acquire(a, never), await cache.acquire(a, never)];
    first.dispose();
    first.dispose();
    const other = await cache.acquire(b, never);
    await expect(use(cache, c)).rejects.toMatchObject({ name: 'InstallerCacheFull' });
    second.dispose();
    await use(cache, c);
    expect(await cached()).toEqual(shas(b, c));
    other.dispose();
  });

  it('one that is larger than the whole cache is refused, and evicts nothing', async () => {
    const { bucket, start, cached, a } = await three();
    const cache = start();
    await use(cache, a);
    const large = bucket.add({ version: '4.21.0', content: Buffer.alloc(2_001) });
    await expect(use(cache, large)).rejects.toMatchObject({ name: 'InstallerCacheFull', status: 500 });
    expect(await cached()).toEqual(shas(a));
  });

  it('downloads at the same time make room one after the other', async () => {
    const { bucket, start, cached, a, b, c } = await three();
    const d = bucket.add({ version: '4.21.0', content: kilobyte('d') });
    const cache = start();
    await use(cache, a);
    await use(cache, b);
    await Promise.all([use(cache, c), use(cache, d)]);
    expect(await cached()).toEqual(shas(c, d));
  });

  it('holds for downloads at the same time', async () => {
    const { start, cached, a, b, c } = await three();
    const cache = start();
    const results = await Promise.allSettled([use(cache, a), use(cache, b), use(cache, c)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(await cached()).toHaveLength(2);
  });
});

describe('a disk that fills up before the bound is reached', () => {
  const diskFull = () =>
    Readable.from(
      (async function* () {
        yield Buffer.from('first part');
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      })(),
    );

  const fullFor = async (times: number) => {
    const here = await given();
    const older = here.bucket.add({ version: '4.19.0', content: kilobyte('o') });
    const inUse = here.bucket.add({ version: '4.20.0', content: kilobyte('u') });
    const wanted = here.bucket.add({ version: '4.21.0', content: kilobyte('w') });
    const cache = here.start();
    await use(cache, older);
    await cache.acquire(inUse, never);
    let left = times;
    here.bucket.onOpen(async () => {
      left -= 1;
      return left >= 0 ? diskFull() : undefined;
    });
    return { ...here, cache, inUse, wanted };
  };

  it('all that are not in use make room', async () => {
    const { cache, wanted, inUse, cached } = await fullFor(1);
    expect(await use(cache, wanted)).toEqual(kilobyte('w'));
    expect(await cached()).toEqual(shas(inUse, wanted));
  });

  it('if that does not help, the failure says so, and nothing stays of the download', async () => {
    const { cache, wanted, inUse, cached } = await fullFor(2);
    await expect(use(cache, wanted)).rejects.toMatchObject({
      name: 'InstallerCacheFull',
      message: expect.stringContaining('release 4.21.0 (1 MB) has no room'),
    });
    expect(await cached()).toEqual(shas(inUse));
  });
});

describe('several callers', () => {
  it('of one version share one download', async () => {
    const { bucket, start } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    const cache = start();
    await Promise.all(Array.from({ length: 8 }, () => use(cache, release)));
    expect(bucket.opened).toHaveLength(1);
  });

  it('of another version do not wait for a download that takes long', async () => {
    const { bucket, start } = await given();
    const slow = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    const quick = bucket.add({ version: '4.21.0', content: kilobyte('b') });
    const held = Promise.withResolvers<undefined>();
    bucket.onOpen((key) => (key === slow.installer.key ? held.promise : Promise.resolve(undefined)));
    const cache = start();
    const waiting = use(cache, slow);
    expect(await use(cache, quick)).toEqual(kilobyte('b'));
    held.resolve(undefined);
    expect(await waiting).toEqual(kilobyte('a'));
  });

  it('who cannot wait any longer go, and the download goes on for the others', async () => {
    const { bucket, start } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    const held = Promise.withResolvers<undefined>();
    bucket.onOpen(() => held.promise);
    const cache = start();
    const patient = use(cache, release);
    const late = new Error('too late');
    await expect(cache.acquire(release, AbortSignal.abort(late))).rejects.toBe(late);
    held.resolve(undefined);
    expect(await patient).toEqual(kilobyte('a'));
    expect(bucket.opened).toHaveLength(1);
  });
});

describe('at the start of a process', () => {
  it('what a killed download left is removed, a finished installer stays', async () => {
    const { bucket, start, cached, cacheDir } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    await use(start(), release);
    await writeFile(join(cacheDir, `${process.pid}.1-abc.part`), 'half');
    await use(start(), release);
    expect(await cached()).toEqual(shas(release));
    expect(bucket.opened).toHaveLength(1);
  });

  it('a cache folder that cannot be used is an error', async () => {
    const { bucket, start, cacheDir, logger } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    await writeFile(cacheDir, '');
    await chmod(cacheDir, 0o400);
    await expect(use(start(), release)).rejects.toThrow('ENOTDIR');
    expect(logger.lines).toMatchObject([{ level: 'warn' }]);
  });
});
