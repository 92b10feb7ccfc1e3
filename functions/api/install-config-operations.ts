import { overriddenCluster } from '#domain/cluster/install-config-overrides.ts';
import { installConfig } from '#domain/cluster/install-config-text.ts';
import { checkUpdatable } from '#domain/cluster/transitions.ts';
import { checkStorable } from '#domain/storable.ts';
import type { Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { afterCommit } from './after-commit.ts';
import type { Dependencies } from './api-dependencies.ts';
import { clusterSites } from './cluster-sites.ts';
import { whileStale } from './stale.ts';

type InstallConfigOperations = Operations<'GetClusterInstallConfig' | 'UpdateClusterInstallConfig'>;

export const installConfigOperations = (dependencies: Dependencies): InstallConfigOperations => {
  const { clusters, clock } = dependencies;
  const { ownCluster } = ownRecords(dependencies);
  const { keepManifests, record } = afterCommit(dependencies);
  const { checkCluster, renewSites } = clusterSites(dependencies);

  return {
    GetClusterInstallConfig: async ({ caller, parameters }) => ({
      body: installConfig(await ownCluster('read', parameters.cluster_id, caller)),
    }),

    UpdateClusterInstallConfig: ({ caller, requestId, parameters, body: overrides }) =>
      whileStale(async () => {
        const cluster = await ownCluster('change', parameters.cluster_id, caller);
        checkUpdatable(cluster);
        const changed = overriddenCluster({ cluster, overrides, now: clock() });
        checkStorable(changed);
        await checkCluster({ cluster: changed });
        await clusters.save(changed);
        await keepManifests(changed);
        await renewSites(changed);
        await record('install_config_applied', { clusterId: cluster.id, requestId });
        return { body: undefined };
      }),
  };
};
