import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { CpuArchitecture } from '#domain/architecture.ts';
import { given, kilobyte, never, shas, use } from './given.ts';

/** The first bytes of an installer, and nothing after them. */
const stuck = () => {
  const stream = new PassThrough();
  stream.write('half');
  return stream;
};

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
      message: expect.stringMatching(/^openshift-install 4\.20\.0 for x86_64 .*`npx ove release add 4\.20\.0`$/),
    });
    expect(await cached()).toEqual([]);
    for (const [key, bytes] of objects) bucket.stored.set(key, bytes);
    expect(await use(cache, release)).toEqual(kilobyte('a'));
  });
});

describe('the command that adds a release again', () => {
  it.each<[readonly CpuArchitecture[], string]>([
    [['x86_64'], '4.20.0'],
    [['arm64'], '4.20.0 --arch arm64'],
    [['x86_64', 'arm64', 'ppc64le', 's390x'], '4.20.0 --arch multi'],
  ])('for %s', async (cpuArchitectures, added) => {
    const { bucket, start } = await given();
    const release = { ...bucket.add({ version: '4.20.0', content: kilobyte('a') }), cpuArchitectures };
    const command = expect.stringContaining(`\`npx ove release add ${added}\``);
    bucket.stored.set(release.installer.key, kilobyte('x'));
    await expect(use(start(), release)).rejects.toMatchObject({ name: 'InstallerCorrupt', message: command });
    bucket.stored.clear();
    await expect(use(start(), release)).rejects.toMatchObject({ name: 'InstallerMissing', message: command });
  });
});

describe('several versions', () => {
  it('are there side by side, fetched at the same time, if there is just room for all', async () => {
    const { bucket, start, cached } = await given({ maxBytes: 4_000 });
    const releases = ['a', 'b', 'c', 'd'].map((letter, patch) =>
      bucket.add({ version: `4.20.${patch}`, content: kilobyte(letter), encoding: 'zstd' }),
    );
    const cache = start();
    const acquired = await Promise.all(releases.map((release) => cache.acquire(release, never)));
    const contents = await Promise.all(acquired.map(({ path }) => readFile(path)));
    expect(contents).toEqual(['a', 'b', 'c', 'd'].map(kilobyte));
    expect(await cached()).toEqual(shas(...releases));
    expect(bucket.opened).toHaveLength(4);
  });

  it.each<[string, () => Promise<Readable>]>([
    ['does not answer', () => new Promise(() => undefined)],
    ['stops in the middle', async () => stuck()],
  ])('are had while a bucket %s for another, which is let go at the deadline', async (_, hang) => {
    const { bucket, start } = await given();
    const lost = bucket.add({ version: '4.19.0', content: kilobyte('l') });
    bucket.onOpen((key) => (key === lost.installer.key ? hang() : Promise.resolve(undefined)));
    const cache = start();
    const deadline = new AbortController();
    const waiting = cache.acquire(lost, deadline.signal);
    for (const letter of ['a', 'b', 'c']) {
      const release = bucket.add({ version: `4.20.${letter.charCodeAt(0)}`, content: kilobyte(letter) });
      expect(await use(cache, release)).toEqual(kilobyte(letter));
    }
    const late = new Error('too late');
    deadline.abort(late);
    await expect(waiting).rejects.toBe(late);
  });

  it.each<[string, () => Promise<Readable | undefined>]>([
    ['nothing is stored', async () => undefined],
    ['the bucket does not answer', () => new Promise(() => undefined)],
  ])('keep their room from one of which %s', async (_, answer) => {
    const { bucket, start, cached } = await given({ maxBytes: 1_000 });
    const lost = bucket.add({ version: '4.19.0', content: kilobyte('l') });
    bucket.stored.delete(lost.installer.key);
    const [older, newer] = [
      bucket.add({ version: '4.20.0', content: kilobyte('a') }),
      bucket.add({ version: '4.21.0', content: kilobyte('b') }),
    ];
    bucket.onOpen((key) => (key === lost.installer.key ? answer() : Promise.resolve(undefined)));
    const cache = start();
    await use(cache, older);
    const deadline = AbortSignal.timeout(50);
    await expect(cache.acquire(lost, deadline)).rejects.toThrow();
    expect(await cached()).toEqual(shas(older));
    expect(await use(cache, newer)).toEqual(kilobyte('b'));
  });
});

describe('several callers', () => {
  it('of one version that cannot be fetched share one attempt and its failure; the next one tries again', async () => {
    const { bucket, start } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    const bytes = bucket.stored.get(release.installer.key) ?? Buffer.alloc(0);
    bucket.stored.clear();
    const cache = start();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => use(cache, release)));
    expect(results).toEqual(
      Array.from({ length: 8 }, () => ({
        status: 'rejected',
        reason: expect.objectContaining({ name: 'InstallerMissing' }),
      })),
    );
    expect(bucket.opened).toHaveLength(1);
    bucket.stored.set(release.installer.key, bytes);
    expect(await use(cache, release)).toEqual(kilobyte('a'));
  });

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
