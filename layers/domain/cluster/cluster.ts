import type { Owner } from '../owner.ts';
import type { ClusterSettings } from './cluster-settings.ts';
import type { ClusterStatus } from './transitions.ts';

/** `DisconnectedCluster` is the kind that `POST /v2/clusters/disconnected` registers. */
export type ClusterKind = 'Cluster' | 'DisconnectedCluster';

/** A temporary configuration holder: it has no hosts, is never installed, and names the exact OpenShift version. */
export interface Cluster {
  readonly id: string;
  readonly kind: ClusterKind;
  readonly owner: Owner;
  /** Counts the writes; every change is conditional on it. */
  readonly version: number;
  readonly name: string;
  readonly status: ClusterStatus;
  readonly statusInfo: string;
  /** ISO 8601 with milliseconds, UTC, like every time here. */
  readonly statusUpdatedAt: string;
  /** Resolved at registration: always the exact version of one release, e.g. `4.20.3`. */
  readonly openshiftVersion: string;
  /**
   * The line of releases that a DisconnectedCluster was registered with, e.g. `4.20`, until its first infra-env says for
   * which architecture.
   */
  readonly askedVersion?: string;
  readonly releaseImage: string;
  /** Absent for a DisconnectedCluster; `multi` for a release with several architectures. */
  readonly cpuArchitecture?: string;
  readonly pullSecretSet: boolean;
  readonly settings: ClusterSettings;
  /** JSON text as in the assisted-service API; absent until the first refresh. */
  readonly validationsInfo?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt?: string;
  /** Seconds since 1970. From then on the item counts as gone, whether or not the table's TTL has removed it. */
  readonly expiresAt: number;
}

/** Whether a cluster was found, and not only the tombstone that a deleted one leaves. */
export const isLive = (cluster: Cluster | undefined): cluster is Cluster =>
  cluster !== undefined && cluster.deletedAt === undefined;

/** A cluster without hosts that nobody changes for so long is given up (20 days). */
export const clusterIdleSeconds = 20 * 24 * 60 * 60;

/** How long a deleted cluster's tombstone and its infra-envs stay (1 day). */
export const afterDeletionSeconds = 24 * 60 * 60;
