import type { Cluster } from '#domain/cluster/cluster.ts';

/**
 * How answers name the status `disconnected`, which the published API's list does not have: as it is, or as the one of
 * the list that is nearest, for clients that refuse what is not in it.
 */
export const statusNamings = ['own', 'published'] as const;
export type StatusNaming = (typeof statusNamings)[number];

/** The status of a cluster and what it means, as a client reads them. */
export const statusAnswer = ({ status, statusInfo }: Cluster, naming: StatusNaming) =>
  naming === 'published' && status === 'disconnected'
    ? ({ status: 'unmonitored', status_info: `${statusInfo} (status disconnected)` } as const)
    : { status, status_info: statusInfo };
