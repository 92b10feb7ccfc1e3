// Fetches one installer into an empty cache, from S3 to the verified binary, then finds it again and again; a process of
// its own, so that the peak of its memory is the cache's. Prints one line of JSON.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installerCache } from '#adapters/installer-cache/installer-cache.ts';
import { installerObjects } from '#adapters/installer-cache/installer-objects.ts';
import { s3 } from '#adapters/s3-client.ts';
import type { Release } from '#domain/release/release.ts';
import { watchMemory } from '#test/fakes/memory.ts';
import { median } from './statistics.ts';

const [folder = '', bucket = '', described = ''] = process.argv.slice(2);
// Made by the process that started this one.
const release = JSON.parse(described) as Release;

const never = new AbortController().signal;
const lookups = 2_000;

const cacheDir = await mkdtemp(join(folder, 'cache-'));
const silent = () => undefined;
const cache = installerCache({
  imageDir: join(folder, 'no-image'),
  cacheDir,
  maxBytes: 8_000_000_000,
  objects: installerObjects({ client: s3(), bucket }),
  logger: { info: silent, warn: silent, error: silent },
});

/** In milliseconds. */
const timedAcquire = async (): Promise<number> => {
  const started = performance.now();
  const { dispose } = await cache.acquire(release, never);
  const took = performance.now() - started;
  dispose();
  return took;
};

const riseOfMemory = watchMemory();
const seconds = (await timedAcquire()) / 1000;
const peakMiB = riseOfMemory();
const warm: number[] = [];
for (let count = 0; count < lookups; count += 1) warm.push((await timedAcquire()) * 1000);
await rm(cacheDir, { recursive: true });
console.log(JSON.stringify({ seconds, peakMiB, lookupMicroseconds: median(warm) }));
