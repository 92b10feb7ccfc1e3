import { type Cluster, isLive } from '#domain/cluster/cluster.ts';
import type { Clusters } from '#domain/cluster/cluster-ports.ts';
import { failure } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';

/** The live cluster of an infra-env; undefined for an unbound one. @throws ClusterGone */
export const boundCluster =
  (clusters: Clusters) =>
  async ({ clusterId }: InfraEnv): Promise<Cluster | undefined> => {
    if (clusterId === undefined) return undefined;
    const cluster = await clusters.get(clusterId);
    if (!isLive(cluster)) throw failure('ClusterGone', { id: clusterId });
    return cluster;
  };
