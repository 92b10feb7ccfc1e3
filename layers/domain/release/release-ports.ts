import type { InstallerProfile } from './installer-profile.ts';
import type { Release } from './release.ts';

export interface Releases {
  readonly all: () => Promise<readonly Release[]>;
  readonly get: (version: string) => Promise<Release | undefined>;
  readonly add: (release: Release) => Promise<void>;
}

export interface ProfileKeeper {
  /** Adds what was found out about the release's binary, unless that has been replaced. */
  readonly keepProfile: (release: Release, profile: InstallerProfile) => Promise<void>;
}
