import { hardwareRequirements } from '#domain/cluster/hardware-requirements.ts';
import { supportedPlatforms } from '#domain/cluster/supported-platforms.ts';
import type { Operations } from '#runtime/operation.ts';
import type { Dependencies } from './api-dependencies.ts';
import { readableCluster } from './own-cluster.ts';

type ClusterViewOperations = Operations<
  'ListClusterHosts' | 'GetClusterSupportedPlatforms' | 'GetPreflightRequirements'
>;

/** What follows from what a cluster asks for. */
export const clusterViewOperations = ({ clusters }: Dependencies): ClusterViewOperations => {
  const clusterOf = readableCluster(clusters);

  return {
    ListClusterHosts: async ({ caller, parameters }) => {
      await clusterOf(parameters.cluster_id, caller);
      return { body: [] };
    },

    GetClusterSupportedPlatforms: async ({ caller, parameters }) => ({
      body: supportedPlatforms(await clusterOf(parameters.cluster_id, caller)),
    }),

    GetPreflightRequirements: async ({ caller, parameters }) => ({
      body: hardwareRequirements(await clusterOf(parameters.cluster_id, caller)),
    }),
  };
};
