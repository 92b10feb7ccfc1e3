import { isLive } from '#domain/cluster/cluster.ts';
import type { Clusters, MonitoredClusters } from '#domain/cluster/cluster-ports.ts';
import { monitorSeconds, monitorShards } from '#domain/cluster/monitoring-schedule.ts';
import { isMonitored } from '#domain/cluster/transitions.ts';
import { refreshed } from '#domain/cluster/validations.ts';
import { isFailure } from '#domain/errors.ts';
import type { Clock } from '#domain/ports.ts';
import type { Invocation } from '#runtime/function-handler.ts';
import { isEnding } from './run-end.ts';

interface Dependencies {
  readonly clusters: Pick<Clusters, 'get'>;
  readonly monitored: MonitoredClusters;
  readonly clock: Clock;
}

/** How many clusters one run refreshed and how many it left to the next, for lack of time. */
export interface MonitorReport {
  readonly refreshed: number;
  readonly postponed: number;
}

/**
 * Refreshes validations and `status_updated_at` of every monitored cluster that is due. The status itself never
 * changes here. Run twice at once, each cluster is written by one of the two.
 */
export const monitorClusters =
  ({ clusters, monitored, clock }: Dependencies) =>
  async (invocation: Invocation): Promise<MonitorReport> => {
    const refresh = async (id: string): Promise<number> => {
      const cluster = await clusters.get(id);
      if (!isLive(cluster) || !isMonitored(cluster.status)) return 0;
      const now = clock();
      try {
        await monitored.saveRefreshed(refreshed(cluster, now), new Date(now.getTime() + monitorSeconds * 1000));
        return 1;
      } catch (error) {
        // Changed in between, so its new state is due again soon, or it is monitored no longer.
        if (isFailure(error, 'StaleVersion')) return 0;
        throw error;
      }
    };

    const refreshShard = async (shard: string): Promise<MonitorReport> => {
      const due = await monitored.due(shard, clock());
      let count = 0;
      for (const [index, id] of due.entries()) {
        if (isEnding(invocation)) return { refreshed: count, postponed: due.length - index };
        count += await refresh(id);
      }
      return { refreshed: count, postponed: 0 };
    };

    const reports = await Promise.all(monitorShards.map(refreshShard));
    return {
      refreshed: reports.reduce((sum, report) => sum + report.refreshed, 0),
      postponed: reports.reduce((sum, report) => sum + report.postponed, 0),
    };
  };
