import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Release } from '#domain/release/release.ts';
import { given, kilobyte, never, shas, use } from './given.ts';

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

  it('one that does not fit beside those in use is refused, and evicts nothing in vain', async () => {
    const { bucket, start, cached, a, b } = await three();
    const cache = start();
    const inUse = await cache.acquire(a, never);
    await use(cache, b);
    const large = bucket.add({ version: '4.21.0', content: Buffer.alloc(1_500) });
    await expect(use(cache, large)).rejects.toMatchObject({ name: 'InstallerCacheFull' });
    expect(await cached()).toEqual(shas(a, b));
    inUse.dispose();
    await use(cache, large);
    expect(await cached()).toEqual(shas(large));
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
