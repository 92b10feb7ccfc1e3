import { type Cluster, isLive } from '#domain/cluster/cluster.ts';
import type { Clusters } from '#domain/cluster/ports.ts';
import { failure } from '#domain/errors.ts';
import { type Owner, owns } from '#domain/owner.ts';

/**
 * The caller's live cluster, for reading it; a refusal is worded as the assisted-service API words one of a GET.
 *
 * @throws NotFound, ObjectNotFound
 */
export const readableCluster =
  (clusters: Clusters) =>
  async (id: string, caller: Owner): Promise<Cluster> => {
    const cluster = await clusters.get(id);
    if (!isLive(cluster)) throw failure('NotFound');
    if (!owns(caller, cluster)) throw failure('ObjectNotFound');
    return cluster;
  };
