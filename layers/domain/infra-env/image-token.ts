import type { InfraEnv } from './infra-env.ts';

const gridMs = 4 * 60 * 60 * 1000;

/**
 * When an image token ends that is issued now: 4 to 8 hours ahead, on a grid of 4 hours. Tokens of the same infra-env are
 * equal within the grid, so a URL that holds one stays the same while somebody downloads.
 */
export const imageTokenExpiry = (now: Date): Date => new Date((Math.floor(now.getTime() / gridMs) + 2) * gridMs);

/** Names the key that the infra-env's tokens are signed with. */
export const imageKeyName = ({ id, imageKeyVersion = 1 }: InfraEnv): string => `${id}:${imageKeyVersion}`;

/** The infra-env with its next signing key: tokens of the one before stop working. Its artifacts stay as they are. */
export const withNextImageKey = (infraEnv: InfraEnv): InfraEnv => ({
  ...infraEnv,
  version: infraEnv.version + 1,
  imageKeyVersion: (infraEnv.imageKeyVersion ?? 1) + 1,
});
