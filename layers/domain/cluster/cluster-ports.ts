import type { Owner } from '../owner.ts';
import type { Cluster } from './cluster.ts';
import type { ManifestPath } from './manifest.ts';

/** Reads are strongly consistent and never return an expired item. */
export interface Clusters {
  readonly add: (cluster: Cluster) => Promise<void>;
  /** Also returns a deleted cluster while its tombstone lasts: see `deletedAt`. */
  readonly get: (id: string) => Promise<Cluster | undefined>;
  /** Live clusters, oldest first. */
  readonly ofOwner: (owner: Owner) => Promise<readonly Cluster[]>;
  /**
   * Writes everything but the status.
   * @throws StaleVersion unless the stored version is one less than the given one.
   */
  readonly save: (cluster: Cluster) => Promise<void>;
  /** Turns the cluster into a tombstone. @throws StaleVersion */
  readonly bury: (cluster: Cluster) => Promise<void>;
  /** Moves the end of the cluster's life and of its UI settings to a later moment; an earlier one changes nothing. */
  readonly extend: (id: string, expiresAt: number) => Promise<void>;
}

/** What a user interface keeps for a cluster; it means nothing to this service. It lives as long as its cluster. */
export interface UiSettings {
  readonly get: (clusterId: string) => Promise<string | undefined>;
  readonly put: (settings: { clusterId: string; text: string; expiresAt: number }) => Promise<void>;
  readonly remove: (clusterId: string) => Promise<void>;
}

/** The manifests that users give for clusters. The last writer of a path wins. */
export interface Manifests {
  readonly list: (clusterId: string) => Promise<readonly ManifestPath[]>;
  readonly read: (clusterId: string, path: ManifestPath) => Promise<Uint8Array | undefined>;
  readonly write: (clusterId: string, path: ManifestPath, content: Uint8Array) => Promise<void>;
  /** Removes one manifest, if it is there. */
  readonly remove: (clusterId: string, path: ManifestPath) => Promise<void>;
  readonly removeAll: (clusterId: string) => Promise<void>;
  /** Keeps from going too early what would go before the cluster does. */
  readonly renew: (clusterId: string, clusterEnd: number) => Promise<void>;
}

/** The clusters that the monitor still has to look at; disconnected and unmonitored ones are not among them. */
export interface MonitoredClusters {
  /** Ids of the shard's clusters that are due, longest overdue first. */
  readonly due: (shard: string, at: Date) => Promise<readonly string[]>;
  /** Saves a refreshed cluster and when it is due again. @throws StaleVersion also when it is monitored no longer */
  readonly saveRefreshed: (cluster: Cluster, dueAt: Date) => Promise<void>;
}
