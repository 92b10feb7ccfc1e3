import { endOfLife } from '#domain/cluster/cluster-registration.ts';
import { checkUiSettings } from '#domain/cluster/ui-settings-text.ts';
import type { Operations } from '#runtime/operation.ts';
import type { Dependencies } from './api-dependencies.ts';
import { clusterLife } from './cluster-life.ts';
import { readableCluster } from './own-cluster.ts';

type UiSettingsOperations = Operations<'GetClusterUiSettings' | 'UpdateClusterUiSettings'>;

/** In any status: the UI keeps where it is in its wizard. */
export const uiSettingsOperations = (dependencies: Dependencies): UiSettingsOperations => {
  const { clusters, uiSettings, clock } = dependencies;
  const clusterOf = readableCluster(clusters);
  const { prolong } = clusterLife(dependencies);

  return {
    GetClusterUiSettings: async ({ caller, parameters }) => {
      const { id } = await clusterOf(parameters.cluster_id, caller);
      return { body: (await uiSettings.get(id)) ?? '' };
    },

    UpdateClusterUiSettings: async ({ caller, parameters, body: text }) => {
      const cluster = await clusterOf(parameters.cluster_id, caller);
      checkUiSettings(text);
      const now = clock();
      await uiSettings.put({ clusterId: cluster.id, text, expiresAt: endOfLife(now) });
      await prolong(cluster, now);
      return { body: text };
    },
  };
};
