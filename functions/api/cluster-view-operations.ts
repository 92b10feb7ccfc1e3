import { hardwareRequirements } from '#domain/cluster/hardware-requirements.ts';
import { supportedPlatforms } from '#domain/cluster/supported-platforms.ts';
import type { Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import type { Dependencies } from './api-dependencies.ts';

type ClusterViewOperations = Operations<
  'ListClusterHosts' | 'GetClusterSupportedPlatforms' | 'GetPreflightRequirements'
>;

/** What follows from what a cluster asks for. */
export const clusterViewOperations = (dependencies: Dependencies): ClusterViewOperations => {
  const { ownCluster } = ownRecords(dependencies);

  return {
    ListClusterHosts: async ({ caller, parameters }) => {
      await ownCluster('read', parameters.cluster_id, caller);
      return { body: [] };
    },

    GetClusterSupportedPlatforms: async ({ caller, parameters }) => ({
      body: supportedPlatforms(await ownCluster('read', parameters.cluster_id, caller)),
    }),

    GetPreflightRequirements: async ({ caller, parameters }) => ({
      body: hardwareRequirements(await ownCluster('read', parameters.cluster_id, caller)),
    }),
  };
};
