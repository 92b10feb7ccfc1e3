import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { given, kilobyte, never, shas, use } from './given.ts';

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
