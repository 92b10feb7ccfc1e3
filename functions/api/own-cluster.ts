import { type Cluster, isLive } from '#domain/cluster/cluster.ts';
import type { Clusters } from '#domain/cluster/cluster-ports.ts';
import { failure, type ServiceError } from '#domain/errors.ts';
import { type Owner, owns } from '#domain/owner.ts';

/**
 * The caller's live cluster. The assisted-service API words the refusal of one that is not there by what it is wanted for.
 *
 * @throws what `missing` makes, ObjectNotFound
 */
const ownCluster =
  (missing: (id: string) => ServiceError) =>
  (clusters: Clusters) =>
  async (id: string, caller: Owner): Promise<Cluster> => {
    const cluster = await clusters.get(id);
    if (!isLive(cluster)) throw missing(id);
    if (!owns(caller, cluster)) throw failure('ObjectNotFound');
    return cluster;
  };

/** For a GET. @throws NotFound, ObjectNotFound */
export const readableCluster = ownCluster(() => failure('NotFound'));

/** For a change of it. @throws ClusterNotFound, ObjectNotFound */
export const changeableCluster = ownCluster((id) => failure('ClusterNotFound', { id }));

/** For a new infra-env of it. @throws ClusterDoesNotExist, ObjectNotFound */
export const bindableCluster = ownCluster((id) => failure('ClusterDoesNotExist', { id }));

/** For its manifests: another caller's cluster and none are one to these operations. @throws ObjectNotFound */
export const clusterWithManifests = ownCluster(() => failure('ObjectNotFound'));
