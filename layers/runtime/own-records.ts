import { type Cluster, isLive } from '#domain/cluster/cluster.ts';
import type { Clusters } from '#domain/cluster/cluster-ports.ts';
import { failure, type ServiceError } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
import { type Caller, owns } from '#domain/owner.ts';

interface Stores {
  readonly clusters: Pick<Clusters, 'get'>;
  readonly infraEnvs: Pick<InfraEnvs, 'get'>;
}

/** The assisted-service API words the refusal of a cluster that is not there by what it is wanted for. */
const missing = {
  read: () => failure('NotFound'),
  change: (id) => failure('ClusterNotFound', { id }),
  bind: (id) => failure('ClusterDoesNotExist', { id }),
  // Another caller's cluster and none are one to these operations.
  manifests: () => failure('ObjectNotFound'),
} as const satisfies Record<string, (id: string) => ServiceError>;

/** Which records a caller may work with: their own, as long as they are live. No other code decides this. */
export const ownRecords = ({ clusters, infraEnvs }: Stores) => ({
  /** The caller's live cluster. @throws the purpose's refusal, ObjectNotFound */
  ownCluster: async (purpose: keyof typeof missing, id: string, caller: Caller): Promise<Cluster> => {
    const cluster = await clusters.get(id);
    if (!isLive(cluster)) throw missing[purpose](id);
    if (!owns(caller, cluster)) throw failure('ObjectNotFound');
    return cluster;
  },

  /** The caller's infra-env. @throws NotFound, ObjectNotFound */
  ownInfraEnv: async (id: string, caller: Caller): Promise<InfraEnv> => {
    const infraEnv = await infraEnvs.get(id);
    if (infraEnv === undefined) throw failure('NotFound');
    if (!owns(caller, infraEnv)) throw failure('ObjectNotFound');
    return infraEnv;
  },

  /** The live cluster of an infra-env; undefined for an unbound one. @throws ClusterGone */
  boundCluster: async ({ clusterId: id }: InfraEnv): Promise<Cluster | undefined> => {
    if (id === undefined) return undefined;
    const cluster = await clusters.get(id);
    if (!isLive(cluster)) throw failure('ClusterGone', { id });
    return cluster;
  },
});
