import { isFailure } from '../errors.ts';
import type { PlatformType } from '../rules/platform.ts';
import type { Cluster } from './cluster.ts';
import { externalPlatform } from './feature-catalogue.ts';
import { type ClusterUpdateParams, platformTypes } from './settings.ts';
import { updatedCluster } from './update.ts';

const accepts = (cluster: Cluster, params: ClusterUpdateParams): boolean => {
  try {
    updatedCluster({ cluster, params, now: new Date(cluster.updatedAt) });
    return true;
  } catch (error) {
    if (isFailure(error, 'InvalidInput')) return false;
    throw error;
  }
};

/** Who manages the network may have to change along. */
const takes = (cluster: Cluster, type: PlatformType): boolean => {
  const platform = type === 'external' ? externalPlatform() : { type };
  return [undefined, true, false].some((userManaged) =>
    accepts(cluster, { platform, user_managed_networking: userManaged }),
  );
};

/**
 * The platforms to which the cluster's settings could be changed, its own included, by the rules of a PATCH. Whether its
 * status still allows a change is another matter. A DisconnectedCluster has no settings, hence no platform.
 */
export const supportedPlatforms = (cluster: Cluster): readonly PlatformType[] =>
  cluster.kind === 'DisconnectedCluster' ? [] : platformTypes.filter((type) => takes(cluster, type));
