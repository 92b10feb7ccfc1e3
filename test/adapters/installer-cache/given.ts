import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installerCache } from '#adapters/installer-cache/installer-cache.ts';
import type { Release } from '#domain/release/release.ts';
import { memoryInstallerObjects } from '#test/fakes/installer-objects.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

/** A deadline that does not come. */
export const never = new AbortController().signal;
export const kilobyte = (letter: string) => Buffer.alloc(1000, letter);

/** An empty cache with an empty bucket behind it. */
export const given = async ({ maxBytes = 10_000 } = {}) => {
  const dir = await temporaryFolder();
  const bucket = memoryInstallerObjects();
  const logger = memoryLogger();
  const [imageDir, cacheDir] = [join(dir, 'image'), join(dir, 'cache')];
  /** A cache of a process that has just started. */
  const start = () => installerCache({ imageDir, cacheDir, maxBytes, objects: bucket.objects, logger });
  const cached = async () => (await readdir(cacheDir)).sort();
  return { bucket, logger, imageDir, cacheDir, start, cached };
};

/** Acquires an installer, reads it, and ends its use. */
export const use = async (cache: ReturnType<typeof installerCache>, release: Release): Promise<Buffer> => {
  const { path, dispose } = await cache.acquire(release, never);
  try {
    return await readFile(path);
  } finally {
    dispose();
  }
};

/** What the cache folder lists when it holds these. */
export const shas = (...releases: Release[]) => releases.map(({ installer }) => installer.sha256).sort();
