import type { Manifests } from '#domain/cluster/cluster-ports.ts';
import { isSamePath, type ManifestPath, pathText } from '#domain/cluster/manifest.ts';

interface Kept {
  readonly clusterId: string;
  readonly path: ManifestPath;
  readonly content: Uint8Array;
}

/** Manifests in memory, listed as S3 lists them; `renewals` are the clusters whose manifests were asked to live on. */
export const memoryManifests = (): Manifests & { readonly renewals: string[] } => {
  let kept: readonly Kept[] = [];
  const renewals: string[] = [];
  const isAt = (clusterId: string, path: ManifestPath) => (one: Kept) =>
    one.clusterId === clusterId && isSamePath(one.path, path);
  const without = (clusterId: string, path: ManifestPath) => kept.filter((one) => !isAt(clusterId, path)(one));

  return {
    renewals,
    list: async (clusterId) =>
      kept
        .filter((one) => one.clusterId === clusterId)
        .map(({ path }) => path)
        .toSorted((one, other) => (pathText(one) < pathText(other) ? -1 : 1)),
    read: async (clusterId, path) => kept.find(isAt(clusterId, path))?.content,
    write: async (clusterId, path, content) => {
      kept = [...without(clusterId, path), { clusterId, path, content }];
    },
    remove: async (clusterId, path) => {
      kept = without(clusterId, path);
    },
    removeAll: async (clusterId) => {
      kept = kept.filter((one) => one.clusterId !== clusterId);
    },
    renew: async (clusterId) => {
      renewals.push(clusterId);
    },
  };
};
