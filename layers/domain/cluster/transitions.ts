import { failure } from '../errors.ts';

export const clusterStatuses = [
  'insufficient',
  'pending-for-input',
  'ready',
  'preparing-for-installation',
  'installing',
  'installing-pending-user-action',
  'finalizing',
  'installed',
  'error',
  'cancelled',
  'adding-hosts',
  'unmonitored',
  'disconnected',
] as const;

export type ClusterStatus = (typeof clusterStatuses)[number];

interface InitialStatus {
  readonly status: ClusterStatus;
  readonly statusInfo: string;
}

/** Where a cluster of each kind starts. */
export const initialStatus = {
  Cluster: { status: 'insufficient', statusInfo: 'Cluster is not ready for install' },
  DisconnectedCluster: { status: 'unmonitored', statusInfo: 'Cluster created for offline installation' },
} as const satisfies Record<string, InitialStatus>;

/**
 * Every change of status that exists. The state machine `disconnected-transition` performs it (a test holds the two
 * equal); no other code writes the status of a stored cluster.
 */
export const transitions = {
  MarkAsDisconnected: {
    from: 'insufficient',
    to: 'disconnected',
    statusInfo: 'Cluster is used for disconnected ISO configuration',
    event: 'cluster_status_updated',
  },
} as const;

/** Statuses in which a cluster's infra-envs of type disconnected-iso have ignitions: after its transition, or born so. */
const disconnected: readonly ClusterStatus[] = [
  transitions.MarkAsDisconnected.to,
  initialStatus.DisconnectedCluster.status,
];

/** Statuses that the cluster monitor refreshes; the others are out of its index. */
export const isMonitored = (status: ClusterStatus): boolean => status === initialStatus.Cluster.status;

const updatable: readonly ClusterStatus[] = ['insufficient', 'ready', 'pending-for-input', 'adding-hosts'];

interface HasStatus {
  readonly id: string;
  readonly status: ClusterStatus;
}

/** @throws IllegalTransition (409) unless the cluster is disconnected already. */
export const checkIsDisconnected = ({ id, status }: HasStatus): void => {
  if (!disconnected.includes(status)) {
    throw failure('IllegalTransition', { id, status, to: transitions.MarkAsDisconnected.to });
  }
};

/** Whether a cluster has yet to become disconnected, once an infra-env of type disconnected-iso is its own. */
export const awaitsTransition = ({ status }: HasStatus): boolean => status === transitions.MarkAsDisconnected.from;

/** @throws IllegalTransition (409) when the cluster's status lets it neither become nor stay disconnected. */
export const checkAcceptsDisconnected = (cluster: HasStatus): void => {
  if (!awaitsTransition(cluster)) checkIsDisconnected(cluster);
};

/**
 * PATCH is for clusters that wait for input (assisted-service API), and for those that are used for a disconnected ISO: they
 * hold the configuration of the site. The status itself cannot be changed.
 *
 * @throws ClusterNotUpdatable (409)
 */
export const checkUpdatable = ({ id, status }: HasStatus): void => {
  const holdsConfiguration = status === transitions.MarkAsDisconnected.to;
  if (!holdsConfiguration && !updatable.includes(status))
    throw failure('ClusterNotUpdatable', { id, status, updatable });
};
