import { type Cluster, isLive } from '#domain/cluster/cluster.ts';
import { checkIsDisconnected } from '#domain/cluster/transitions.ts';
import { failure } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Release } from '#domain/release/release.ts';
import type { Dependencies } from './ignition-dependencies.ts';

const loadLive = async ({ clusters }: Dependencies, id: string): Promise<Cluster> => {
  const cluster = await clusters.get(id);
  if (!isLive(cluster)) throw failure('ClusterGone', { id });
  return cluster;
};

/**
 * The cluster that names the version of the infra-env's ISO.
 *
 * @throws ClusterRequired, ClusterGone; IllegalTransition while the cluster is in no status for this kind of ISO
 */
export const loadDisconnectedCluster = async (
  dependencies: Dependencies,
  { clusterId }: InfraEnv,
): Promise<Cluster> => {
  if (clusterId === undefined) throw failure('ClusterRequired');
  const cluster = await loadLive(dependencies, clusterId);
  checkIsDisconnected(cluster);
  return cluster;
};

/** An infra-env may be bound to no cluster, but not to one that is gone. @throws ClusterGone */
export const checkCluster = async (dependencies: Dependencies, { clusterId }: InfraEnv): Promise<void> => {
  if (clusterId !== undefined) await loadLive(dependencies, clusterId);
};

/** @throws InstallerMissing: a release may have been taken away since the cluster was registered */
export const loadRelease = async (
  { releases }: Dependencies,
  { cluster, infraEnv }: { readonly cluster: Cluster; readonly infraEnv: InfraEnv },
): Promise<Release> => {
  const version = cluster.openshiftVersion;
  const release = await releases.get(version);
  if (release === undefined) throw failure('InstallerMissing', { version, architecture: infraEnv.cpuArchitecture });
  return release;
};
