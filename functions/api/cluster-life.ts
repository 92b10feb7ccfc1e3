import type { Cluster } from '#domain/cluster/cluster.ts';
import { endOfLife } from '#domain/cluster/cluster-registration.ts';
import { goesTooEarly } from '#domain/cluster/manifest.ts';
import type { Dependencies } from './api-dependencies.ts';

type Stores = Pick<Dependencies, 'clusters' | 'uiSettings' | 'manifests'>;

/** What is kept for a cluster besides its record begins and ends with it. */
export const clusterLife = ({ clusters, uiSettings, manifests }: Stores) => {
  /** To be called with a cluster whose end was moved. Manifests are no older than it, so that a young one needs no look. */
  const keepManifests = async ({ id, createdAt, expiresAt }: Cluster) => {
    if (goesTooEarly(new Date(createdAt), expiresAt)) await manifests.renew(id, expiresAt);
  };

  return {
    keepManifests,

    /** Somebody works with the cluster: its end moves. */
    prolong: async (cluster: Cluster, now: Date) => {
      const expiresAt = endOfLife(now);
      await clusters.extend(cluster.id, expiresAt);
      await keepManifests({ ...cluster, expiresAt });
    },

    clear: async (clusterId: string) => {
      await Promise.all([uiSettings.remove(clusterId), manifests.removeAll(clusterId)]);
    },
  };
};
