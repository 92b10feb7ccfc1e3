import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Cluster } from '#domain/cluster/cluster.ts';
import type { Clusters, MonitoredClusters } from '#domain/cluster/cluster-ports.ts';
import { monitorSeconds, shardOf } from '#domain/cluster/monitoring-schedule.ts';
import { isMonitored } from '#domain/cluster/transitions.ts';
import { failure } from '#domain/errors.ts';
import type { Clock } from '#domain/ports.ts';
import {
  entityKey,
  isExpired,
  ownerKey,
  putNew,
  queryAll,
  type Table,
  update,
  updateVersion,
} from './dynamodb-table.ts';
import { recordIn, schemaMark } from './record-schema.ts';
import { extendUiSettings } from './ui-settings-store.ts';

interface ClusterTable extends Table {
  readonly clock: Clock;
}

const monitorEntry = ({ id, status, createdAt }: Cluster) =>
  isMonitored(status)
    ? { monitorShard: shardOf(id), monitorAt: new Date(Date.parse(createdAt) + monitorSeconds * 1000).toISOString() }
    : {};

// The cast is sound because these items are written by `add` and by updates of the same record's attributes alone.
const toCluster = (item: Record<string, unknown>): Cluster => {
  const { pk, sk, ownerKey: _owner, monitorShard, monitorAt, writeId, ...record } = recordIn(item);
  return record as unknown as Cluster;
};

/** What a change of a cluster may write. The status is not among it: only the state machine writes that. */
const changeable = ({ name, pullSecretSet, settings, validationsInfo, ...rest }: Cluster) => ({
  name,
  pullSecretSet,
  settings,
  validationsInfo,
  openshiftVersion: rest.openshiftVersion,
  askedVersion: rest.askedVersion,
  releaseImage: rest.releaseImage,
  statusUpdatedAt: rest.statusUpdatedAt,
  updatedAt: rest.updatedAt,
  expiresAt: rest.expiresAt,
  version: rest.version,
});

const isPrevious = {
  condition: '#version = :previous AND attribute_not_exists(#deletedAt)',
  names: { '#deletedAt': 'deletedAt' },
};

const previous = ({ version }: Cluster) => ({ ':previous': version - 1 });

export const clusterStore = ({ clock, ...table }: ClusterTable): Clusters => {
  const live = (item: Record<string, unknown> | undefined): Cluster | undefined =>
    item === undefined || isExpired(item, clock()) ? undefined : toCluster(item);

  return {
    add: async (cluster) => {
      const item = {
        ...entityKey('cluster', cluster.id),
        ...cluster,
        ownerKey: ownerKey('cluster', cluster.owner),
        ...monitorEntry(cluster),
        ...schemaMark,
      };
      if (!(await putNew(table, item))) throw failure('StaleVersion', { id: cluster.id });
    },

    get: async (id) => {
      const found = await table.client.send(
        new GetCommand({ TableName: table.tableName, Key: entityKey('cluster', id), ConsistentRead: true }),
      );
      return live(found.Item);
    },

    ofOwner: async (owner) => {
      const items = await queryAll(table, {
        IndexName: 'by-owner',
        KeyConditionExpression: 'ownerKey = :owner',
        ExpressionAttributeValues: { ':owner': ownerKey('cluster', owner) },
      });
      return items.map(live).filter((cluster) => cluster !== undefined);
    },

    // UI settings that outlive their cluster a little do no harm; a change that is answered as failed would.
    save: async (cluster) => {
      await extendUiSettings(table, cluster.id, cluster.expiresAt);
      const saved = await updateVersion(table, {
        key: entityKey('cluster', cluster.id),
        attributes: changeable(cluster),
        ...isPrevious,
        values: previous(cluster),
      });
      if (!saved) throw failure('StaleVersion', { id: cluster.id });
    },

    bury: async (cluster) => {
      const { id, version, deletedAt, updatedAt, expiresAt } = cluster;
      const buried = await updateVersion(table, {
        key: entityKey('cluster', id),
        attributes: { deletedAt, updatedAt, expiresAt, version },
        remove: ['ownerKey', 'monitorShard', 'monitorAt'],
        ...isPrevious,
        values: previous(cluster),
      });
      if (!buried) throw failure('StaleVersion', { id });
    },

    extend: async (id, expiresAt) => {
      const extended = await update(table, {
        key: entityKey('cluster', id),
        attributes: { expiresAt },
        condition: '#expiresAt < :expiresAt AND attribute_not_exists(#deletedAt)',
        names: { '#deletedAt': 'deletedAt' },
      });
      if (extended) await extendUiSettings(table, id, expiresAt);
    },
  };
};

export const monitoredClusterStore = (table: Table): MonitoredClusters => ({
  due: async (shard, at) => {
    const items = await queryAll(table, {
      IndexName: 'monitored',
      KeyConditionExpression: 'monitorShard = :shard AND monitorAt <= :at',
      ExpressionAttributeValues: { ':shard': shard, ':at': at.toISOString() },
    });
    return items.map(({ pk }) => String(pk).slice('cluster#'.length));
  },

  saveRefreshed: async (cluster, dueAt) => {
    const saved = await update(table, {
      key: entityKey('cluster', cluster.id),
      attributes: { ...changeable(cluster), monitorAt: dueAt.toISOString() },
      condition: `${isPrevious.condition} AND attribute_exists(#monitorAt)`,
      names: isPrevious.names,
      values: previous(cluster),
    });
    if (!saved) throw failure('StaleVersion', { id: cluster.id });
  },
});
