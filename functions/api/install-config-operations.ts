import { overriddenCluster } from '#domain/cluster/install-config-overrides.ts';
import { installConfig } from '#domain/cluster/install-config-text.ts';
import { checkUpdatable } from '#domain/cluster/transitions.ts';
import { newEvent } from '#domain/event.ts';
import { checkStorable } from '#domain/storable.ts';
import type { Operations } from '#runtime/operation.ts';
import type { Dependencies } from './api-dependencies.ts';
import { clusterLife } from './cluster-life.ts';
import { changeableCluster, readableCluster } from './own-cluster.ts';
import { whileStale } from './stale.ts';

type InstallConfigOperations = Operations<'GetClusterInstallConfig' | 'UpdateClusterInstallConfig'>;

export const installConfigOperations = (dependencies: Dependencies): InstallConfigOperations => {
  const { clusters, events, clock, newId } = dependencies;
  const { keepManifests } = clusterLife(dependencies);

  return {
    GetClusterInstallConfig: async ({ caller, parameters }) => ({
      body: installConfig(await readableCluster(clusters)(parameters.cluster_id, caller)),
    }),

    UpdateClusterInstallConfig: ({ caller, requestId, parameters, body: overrides }) =>
      whileStale(async () => {
        const cluster = await changeableCluster(clusters)(parameters.cluster_id, caller);
        checkUpdatable(cluster);
        const changed = overriddenCluster({ cluster, overrides, now: clock() });
        checkStorable(changed);
        await clusters.save(changed);
        await keepManifests(changed);
        const { id: clusterId } = cluster;
        await events.add(newEvent('install_config_applied', { id: newId(), now: clock(), clusterId, requestId }));
        return { body: undefined };
      }),
  };
};
