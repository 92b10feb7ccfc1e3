import { toClusterAnswer } from '#contract/cluster-answer.ts';
import { toClusterListItem } from '#contract/cluster-list-item.ts';
import { afterDeletionSeconds, type Cluster } from '#domain/cluster/cluster.ts';
import { newCluster, newDisconnectedCluster, releaseOfCluster } from '#domain/cluster/cluster-registration.ts';
import { updatedCluster } from '#domain/cluster/cluster-update.ts';
import { checkUpdatable } from '#domain/cluster/transitions.ts';
import type { Owner } from '#domain/owner.ts';
import { checkStorable } from '#domain/storable.ts';
import { secondsAfter } from '#domain/time.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { afterCommit } from './after-commit.ts';
import type { Dependencies } from './api-dependencies.ts';
import { clusterSites } from './cluster-sites.ts';
import { whileStale } from './stale.ts';
import { checkTimeToStore } from './time-left.ts';

type ClusterOperations = Operations<
  | 'RegisterCluster'
  | 'RegisterDisconnectedCluster'
  | 'ListClusters'
  | 'GetCluster'
  | 'UpdateCluster'
  | 'DeregisterCluster'
>;

const buried = (cluster: Cluster, now: Date): Cluster => ({
  ...cluster,
  version: cluster.version + 1,
  deletedAt: now.toISOString(),
  updatedAt: now.toISOString(),
  expiresAt: secondsAfter(now, afterDeletionSeconds),
});

type Registration = Pick<OperationRequest<'RegisterCluster'>, 'requestId' | 'remainingMs'>;

type ListQuery = OperationRequest<'ListClusters'>['query'];

/** Of others' clusters, of installed ones and of subscriptions there is nothing to list. */
const asksForNone = ({ owner, openshift_cluster_id, ams_subscription_ids }: ListQuery, { userName }: Owner): boolean =>
  (owner !== undefined && owner !== userName) ||
  openshift_cluster_id !== undefined ||
  ams_subscription_ids !== undefined;

export const clusterOperations = (dependencies: Dependencies): ClusterOperations => {
  const { clusters, infraEnvs, uiSettings, manifests, releases, quota, statusNaming, clock, newId } = dependencies;
  const { ownCluster } = ownRecords(dependencies);
  const { attempt, keepManifests, record } = afterCommit(dependencies);
  const { checkCluster, renewSites } = clusterSites(dependencies);

  /** What is kept for a cluster besides its record ends with it. */
  const clear = async (clusterId: string) => {
    await Promise.all([uiSettings.remove(clusterId), manifests.removeAll(clusterId)]);
  };

  const register = async (cluster: Cluster, { requestId, remainingMs }: Registration) => {
    checkStorable(cluster);
    await quota.take('cluster', cluster.owner);
    checkTimeToStore(remainingMs);
    await clusters.add(cluster);
    await record('cluster_registration_succeeded', { clusterId: cluster.id, requestId });
    return { body: toClusterAnswer(cluster, statusNaming) };
  };

  return {
    RegisterCluster: async ({ caller, requestId, remainingMs, body }) => {
      const release = releaseOfCluster(await releases.all(), body);
      return register(newCluster({ params: body, release, owner: caller, id: newId(), now: clock() }), {
        requestId,
        remainingMs,
      });
    },

    RegisterDisconnectedCluster: async ({ caller, requestId, remainingMs, body }) => {
      const release = releaseOfCluster(await releases.all(), body);
      const { name, openshift_version: asked } = body;
      const subject = { name, asked, release, owner: caller, id: newId(), now: clock() };
      return register(newDisconnectedCluster(subject), { requestId, remainingMs });
    },

    ListClusters: async ({ caller, query }) => {
      const own = asksForNone(query, caller) ? [] : await clusters.ofOwner(caller);
      return { body: own.map((cluster) => toClusterListItem(cluster, statusNaming)) };
    },

    GetCluster: async ({ caller, parameters }) => ({
      body: toClusterAnswer(await ownCluster('read', parameters.cluster_id, caller), statusNaming),
    }),

    UpdateCluster: ({ caller, requestId, parameters, body }) =>
      whileStale(async () => {
        const cluster = await ownCluster('change', parameters.cluster_id, caller);
        checkUpdatable(cluster);
        const update = updatedCluster({ cluster, params: body, now: clock() });
        checkStorable(update.cluster);
        await checkCluster({ cluster: update.cluster });
        await clusters.save(update.cluster);
        await keepManifests(update.cluster);
        await renewSites(update.cluster);
        if (update.proxyChanged) await record('proxy_settings_changed', { clusterId: cluster.id, requestId });
        return { body: toClusterAnswer(update.cluster, statusNaming) };
      }),

    // The record goes after the rest: a deletion that dies half-way is completed by the caller's next try. What was
    // written in between is removed then.
    DeregisterCluster: ({ caller, requestId, parameters }) =>
      whileStale(async () => {
        const cluster = await ownCluster('change', parameters.cluster_id, caller);
        const gone = buried(cluster, clock());
        const { updatedAt: deletedAt, expiresAt } = gone;
        await infraEnvs.orphan(cluster.id, { deletedAt, expiresAt });
        await clear(cluster.id);
        await clusters.bury(gone);
        await attempt('clear what was kept for the cluster', cluster.id, () => clear(cluster.id));
        await record('cluster_deregistered', { clusterId: cluster.id, requestId });
        return { body: undefined };
      }),
  };
};
