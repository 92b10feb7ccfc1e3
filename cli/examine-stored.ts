import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { installerCache } from '#adapters/installer-cache/installer-cache.ts';
import { installerObjects } from '#adapters/installer-cache/installer-objects.ts';
import { releaseStore } from '#adapters/release-store.ts';
import type { Logger } from '#domain/ports.ts';
import type { InstallerProfile } from '#domain/release/installer-profile.ts';
import type { Release } from '#domain/release/release.ts';
import { examineHere } from './installer-profile.ts';
import type { Target } from './release-target.ts';
import { inWorkspace } from './workspace.ts';

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

const examine = (target: Target, release: Release, signal: AbortSignal): Promise<InstallerProfile> =>
  inWorkspace(async (dir) => {
    const { acquire } = installerCache({
      imageDir: join(dir, 'none'),
      cacheDir: join(dir, 'installer'),
      maxBytes: release.installer.size,
      objects: installerObjects({ client: target.s3, bucket: target.bucket }),
      logger: silent,
    });
    const installer = await acquire(release, signal);
    return examineHere({ ...installer, version: release.version, dir });
  });

/** Without nmstatectl here, what was found out about networks elsewhere stays. */
const completed = (profile: InstallerProfile, known: InstallerProfile | undefined): InstallerProfile =>
  profile.networks === undefined && known?.networks !== undefined ? { ...profile, networks: known.networks } : profile;

/** Examines a stored binary again, and puts right what its release says of it. */
export const examineStored = async (
  target: Target,
  release: Release,
  signal: AbortSignal,
): Promise<InstallerProfile> => {
  const { profile: known } = release.installer;
  const profile = completed(await examine(target, release, signal), known);
  if (!isDeepStrictEqual(profile, known)) await releaseStore(target.table).keepProfile(release, profile);
  return profile;
};
