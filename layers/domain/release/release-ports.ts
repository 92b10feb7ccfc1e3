import type { Release } from './release.ts';

export interface Releases {
  readonly all: () => Promise<readonly Release[]>;
  readonly get: (version: string) => Promise<Release | undefined>;
  readonly add: (release: Release) => Promise<void>;
}
