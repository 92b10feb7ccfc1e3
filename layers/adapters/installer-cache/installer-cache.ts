import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { usualArchitecture } from '#domain/architecture.ts';
import { failure } from '#domain/errors.ts';
import type { InstallerSource } from '#domain/ignition/ignition-ports.ts';
import type { Logger } from '#domain/ports.ts';
import { architectureOf, type Release } from '#domain/release/release.ts';
import { processMark, removeLeftovers } from '../leftovers.ts';
import { type DownloadResult, downloadInstaller } from './installer-download.ts';
import type { InstallerObjects } from './installer-objects.ts';
import { installerSpace, type Space } from './space.ts';
import { type Verification, verification } from './verification.ts';

interface CacheSettings {
  /** `<version>/openshift-install` of releases for x86_64 below it; need not exist. */
  readonly imageDir: string;
  readonly cacheDir: string;
  /** Bound of the cache folder in bytes. */
  readonly maxBytes: number;
  readonly objects: InstallerObjects;
  readonly logger: Logger;
}

interface Cache extends CacheSettings {
  readonly space: Space;
  readonly files: Verification;
}

const inImage = async ({ imageDir, files, logger }: Cache, release: Release) => {
  const { version, installer } = release;
  if (architectureOf(release) !== usualArchitecture) return undefined;
  const path = join(imageDir, version, 'openshift-install');
  const state = await files.check({ path, sha256: installer.sha256 });
  if (state === 'damaged') logger.warn('the installer in the image is not the one of the release', { version });
  return state === 'good' ? path : undefined;
};

/** Sets the access time alone: the time of the last change is part of what identifies a verified file. */
const markUsed = async (path: string): Promise<void> => {
  const { mtime } = await stat(path);
  await utimes(path, new Date(), mtime);
};

const cachePath = ({ cacheDir }: CacheSettings, { installer }: Release): string => join(cacheDir, installer.sha256);

const inCache = async (cache: Cache, release: Release) => {
  const path = cachePath(cache, release);
  const state = await cache.files.check({ path, sha256: release.installer.sha256 });
  if (state === 'good') {
    await markUsed(path);
    return path;
  }
  if (state === 'damaged') {
    cache.logger.warn('a cached installer was damaged and is fetched again', { version: release.version });
    await rm(path, { force: true });
  }
  return undefined;
};

const cacheFull = ({ version, installer }: Release) =>
  failure('InstallerCacheFull', { version, megabytes: Math.ceil(installer.size / 1_000_000) });

/** The file appears under its name at once and whole, or not at all. */
const store = async (cache: Cache, release: Release, body: Readable): Promise<DownloadResult> => {
  const giveBack = await cache.space.reserve(release.installer.size);
  if (giveBack === undefined) {
    body.destroy();
    throw cacheFull(release);
  }
  try {
    const path = join(cache.cacheDir, `${processMark}${randomUUID()}.part`);
    const result = await downloadInstaller({ body, artifact: release.installer, path });
    // In one step with giving the room back: in between, the file would count twice.
    if (result === 'complete') renameSync(path, cachePath(cache, release));
    return result;
  } finally {
    giveBack();
  }
};

/** An installer that is not there takes no room, not even for a moment. */
const fetchOnce = async (cache: Cache, release: Release): Promise<DownloadResult | 'missing'> => {
  const body = await cache.objects.open(release.installer.key);
  return body === undefined ? 'missing' : store(cache, release, body);
};

const fetchWithRepair = async (cache: Cache, release: Release): Promise<DownloadResult | 'missing'> => {
  const first = await fetchOnce(cache, release);
  if (first === 'complete' || first === 'missing') return first;
  const { version } = release;
  cache.logger.warn('an installer could not be fetched and is fetched once more', { version, reason: first });
  if (first === 'no-space') await cache.space.clear();
  return fetchOnce(cache, release);
};

const failureOf = (result: Exclude<DownloadResult | 'missing', 'complete'>, release: Release): Error => {
  const named = { version: release.version, architecture: architectureOf(release) };
  if (result === 'missing') return failure('InstallerMissing', named);
  if (result === 'corrupt') return failure('InstallerCorrupt', named);
  if (result === 'no-space') return cacheFull(release);
  return new Error(`the installer of release ${release.version} was replaced twice while it was fetched`);
};

const fromBucket = async (cache: Cache, release: Release): Promise<string> => {
  const result = await fetchWithRepair(cache, release);
  if (result !== 'complete') throw failureOf(result, release);
  const path = cachePath(cache, release);
  await cache.files.trust({ path, sha256: release.installer.sha256 });
  return path;
};

const locate = async (cache: Cache, release: Release): Promise<string> =>
  (await inImage(cache, release)) ?? (await inCache(cache, release)) ?? (await fromBucket(cache, release));

/** Settles like the promise, or rejects with the signal's reason, whichever comes first. */
const orDeadline = <T>(promise: Promise<T>, deadline: AbortSignal): Promise<T> => {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const expire = () => reject(deadline.reason);
  if (deadline.aborted) expire();
  deadline.addEventListener('abort', expire, { once: true });
  return Promise.race([promise, expired]).finally(() => deadline.removeEventListener('abort', expire));
};

/**
 * Finds a release's installer in the function's image, its cache folder or the releases bucket, in this order. Releases
 * do not wait for one another; callers of the same one share one search.
 */
export const installerCache = (settings: CacheSettings): InstallerSource => {
  const { cacheDir, maxBytes, logger } = settings;
  const cache: Cache = { ...settings, space: installerSpace({ dir: cacheDir, maxBytes }), files: verification() };
  const swept = removeLeftovers({ dir: cacheDir, logger });
  const searches = new Map<string, Promise<string>>();

  const search = (release: Release): Promise<string> => {
    const { sha256 } = release.installer;
    const known = searches.get(sha256);
    if (known !== undefined) return known;
    const started = swept.then(() => locate(cache, release)).finally(() => searches.delete(sha256));
    searches.set(sha256, started);
    return started;
  };

  return {
    acquire: async (release, deadline) => {
      const dispose = cache.space.hold(cachePath(cache, release));
      try {
        return { path: await orDeadline(search(release), deadline), sha256: release.installer.sha256, dispose };
      } catch (error) {
        dispose();
        throw error;
      }
    },
  };
};
