import { endOfLife } from '#domain/cluster/cluster-registration.ts';
import { checkUiSettings } from '#domain/cluster/ui-settings-text.ts';
import type { Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { afterCommit } from './after-commit.ts';
import type { Dependencies } from './api-dependencies.ts';

type UiSettingsOperations = Operations<'GetClusterUiSettings' | 'UpdateClusterUiSettings'>;

/** In any status: the UI keeps where it is in its wizard. */
export const uiSettingsOperations = (dependencies: Dependencies): UiSettingsOperations => {
  const { uiSettings, clock } = dependencies;
  const { ownCluster } = ownRecords(dependencies);
  const { prolong } = afterCommit(dependencies);

  return {
    GetClusterUiSettings: async ({ caller, parameters }) => {
      const { id } = await ownCluster('read', parameters.cluster_id, caller);
      return { body: (await uiSettings.get(id)) ?? '' };
    },

    UpdateClusterUiSettings: async ({ caller, parameters, body: text }) => {
      const cluster = await ownCluster('read', parameters.cluster_id, caller);
      checkUiSettings(text);
      const now = clock();
      await uiSettings.put({ clusterId: cluster.id, text, expiresAt: endOfLife(now) });
      await prolong(cluster, now);
      return { body: text };
    },
  };
};
