import type { InstallerProfile } from './installer-profile.ts';
import type { Release } from './release.ts';
import type { Hosts } from './resolve.ts';

export interface Releases {
  readonly all: () => Promise<readonly Release[]>;
  /** Those of an exact version: one for each architecture, or one for all. */
  readonly ofVersion: (version: string) => Promise<readonly Release[]>;
  /** @param hosts which of the releases of an exact version */
  readonly get: (version: string, hosts: Hosts) => Promise<Release | undefined>;
  /** In the place of the one with the same version and architecture. */
  readonly add: (release: Release) => Promise<void>;
}

export interface ProfileKeeper {
  /** Adds what was found out about the release's binary, unless that has been replaced. */
  readonly keepProfile: (release: Release, profile: InstallerProfile) => Promise<void>;
}
