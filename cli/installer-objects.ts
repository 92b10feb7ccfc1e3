import { removeObjects } from '#adapters/object-removal.ts';
import type { Release } from '#domain/release/release.ts';
import type { ReleasesBucket } from './release-target.ts';

/** Folder of everything that is stored of the installers of a version's releases. */
const folderOf = (version: string): string => `installers/${version}/`;

/** The key says the content: another binary of the same version never overwrites one that a release still names. */
export const installerKey = (version: string, sha256: string): string => `${folderOf(version)}${sha256}.zst`;

/** Removes what is stored of a version, but for what these releases of it name. @returns the number of objects removed */
export const removeInstallers = (
  { s3, bucket }: ReleasesBucket,
  version: string,
  kept: readonly Release[],
): Promise<number> =>
  removeObjects({ client: s3, bucket, prefix: folderOf(version), kept: kept.map(({ installer }) => installer.key) });
