import { invalid } from '../errors.ts';
import { secondsAfter } from '../time.ts';
import { excerpt } from '../values/printable.ts';

export const manifestFolders = ['manifests', 'openshift'] as const;
export type ManifestFolder = (typeof manifestFolders)[number];

/** Where a manifest lies: of a folder's files there is one of each name. */
export interface ManifestPath {
  readonly folder: ManifestFolder;
  readonly fileName: string;
}

export const pathText = ({ folder, fileName }: ManifestPath): string => `${folder}/${fileName}`;

export const isSamePath = (one: ManifestPath, other: ManifestPath): boolean =>
  one.folder === other.folder && one.fileName === other.fileName;

/** Everything that is kept in S3 for a cluster lies under this prefix. */
export const manifestPrefix = (clusterId: string): string => `clusters/${clusterId}/manifests/`;

export const manifestKey = (clusterId: string, path: ManifestPath): string =>
  `${manifestPrefix(clusterId)}${pathText(path)}`;

/** @returns the path of a key below the prefix; undefined for a key that `manifestKey` does not make */
export const manifestPathOf = (clusterId: string, key: string): ManifestPath | undefined => {
  const prefix = manifestPrefix(clusterId);
  const [name, fileName, ...deeper] = key.startsWith(prefix) ? key.slice(prefix.length).split('/') : [];
  const folder = manifestFolders.find((known) => known === name);
  return folder === undefined || !fileName || deeper.length > 0 ? undefined : { folder, fileName };
};

/** What the API takes for a name (assisted-service API). Everything in it can also stand in a URL and a header. */
export const manifestName = /^[^/]*\.(json|ya?ml(\.patch_?[a-zA-Z0-9_]*)?)$/;

const longestName = 255;

const faultOfName = (fileName: string): string | undefined => {
  if (fileName.includes(' ')) return 'should not include a space in its name';
  const stem = fileName.slice(0, fileName.lastIndexOf('.'));
  const isPlain = /^[!#-.0-[\]-~]+$/.test(fileName);
  return stem === '' || fileName.startsWith('.') || fileName.length > longestName || !isPlain
    ? 'has an invalid filename'
    : undefined;
};

/**
 * Checks what the pattern leaves open. Stricter than the original, which takes any character: a name is visible ASCII,
 * without quotes and backslashes.
 *
 * @throws InvalidInput
 */
export const checkManifestName = (clusterId: string, fileName: string): void => {
  const fault = faultOfName(fileName);
  if (fault !== undefined) throw invalid(`Cluster manifest ${excerpt(fileName)} for cluster ${clusterId} ${fault}.`);
};

/**
 * The installer reads both folders as one.
 *
 * @param others the cluster's manifests, but the one that is being moved
 * @throws InvalidInput when the other folder has a file of this name
 */
export const checkDistinct = (
  clusterId: string,
  { folder, fileName }: ManifestPath,
  others: readonly ManifestPath[],
): void => {
  if (others.some((other) => other.fileName === fileName && other.folder !== folder)) {
    throw invalid(
      `manifest file ${fileName} for cluster ID ${clusterId} in folder ${folder} cannot be uploaded as it is not ` +
        'distinct between {manifest, openshift} folders',
    );
  }
};

/** The bucket removes manifests that were not written for so long, so that none outlives an idle cluster for ever. */
export const manifestDays = 60;

const daySeconds = 24 * 60 * 60;

/**
 * Whether a manifest would go before its cluster, or less than a day after it.
 *
 * @param writtenAt of the manifest, or of anything that is older
 * @param clusterEnd in seconds since 1970
 */
export const goesTooEarly = (writtenAt: Date, clusterEnd: number): boolean =>
  secondsAfter(writtenAt, (manifestDays - 1) * daySeconds) < clusterEnd;
