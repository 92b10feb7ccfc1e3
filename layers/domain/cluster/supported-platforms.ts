import { isAccepted } from './acceptance.ts';
import type { Cluster } from './cluster.ts';
import { platformTypes } from './cluster-setting-shapes.ts';
import { updatedCluster } from './cluster-update.ts';
import { platformOf } from './feature-catalogue.ts';
import type { PlatformType } from './platform.ts';

/** Who manages the network may have to change along. */
const takes = (cluster: Cluster, type: PlatformType): boolean => {
  const [platform, now] = [platformOf(type), new Date(cluster.updatedAt)];
  return [undefined, true, false].some((userManaged) =>
    isAccepted(() => updatedCluster({ cluster, params: { platform, user_managed_networking: userManaged }, now })),
  );
};

/**
 * The platforms to which the cluster's settings could be changed, its own included, by the rules of a PATCH. Whether its
 * status still allows a change is another matter. A DisconnectedCluster has no settings, hence no platform.
 */
export const supportedPlatforms = (cluster: Cluster): readonly PlatformType[] =>
  cluster.kind === 'DisconnectedCluster' ? [] : platformTypes.filter((type) => takes(cluster, type));
