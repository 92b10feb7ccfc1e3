import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { failure } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
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
import { credentialKeys, pullSecretKey } from './secret-watch.ts';

interface InfraEnvTable extends Table {
  readonly clock: Clock;
}

// The cast is sound because these items are written by `add`, by updates of the same record's attributes, and by the
// state machine, which writes `registration` and `expiresAt` alone.
const toInfraEnv = (item: Record<string, unknown>): InfraEnv => {
  const {
    pk,
    sk,
    ownerKey: _owner,
    ownerKeyWhenRegistered,
    clusterKey,
    clusterDeletedAt,
    writeId,
    ...record
  } = recordIn(item);
  return record as unknown as InfraEnv;
};

const changeable = ({ type, revision, openshiftVersion, pullSecretId, settings, ...rest }: InfraEnv) => ({
  imageKeyVersion: rest.imageKeyVersion,
  type,
  revision,
  openshiftVersion,
  releaseArchitecture: rest.releaseArchitecture,
  pullSecretId,
  settings,
  siteDigest: rest.siteDigest,
  updatedAt: rest.updatedAt,
  expiresAt: rest.expiresAt,
  version: rest.version,
});

export const infraEnvStore = ({ clock, ...table }: InfraEnvTable): InfraEnvs => {
  const visible = (item: Record<string, unknown> | undefined): InfraEnv | undefined => {
    if (item === undefined || isExpired(item, clock())) return undefined;
    const infraEnv = toInfraEnv(item);
    return infraEnv.registration === 'registered' ? infraEnv : undefined;
  };

  const ofIndex = (index: 'by-owner' | 'by-cluster', attribute: 'ownerKey' | 'clusterKey', value: string) =>
    queryAll(table, {
      IndexName: index,
      KeyConditionExpression: '#attribute = :value',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
    });

  return {
    add: async (infraEnv) => {
      const owned = ownerKey('infra-env', infraEnv.owner);
      const item = {
        ...entityKey('infra-env', infraEnv.id),
        ...infraEnv,
        clusterKey: infraEnv.clusterId,
        ...(infraEnv.registration === 'registered' ? { ownerKey: owned } : { ownerKeyWhenRegistered: owned }),
        ...schemaMark,
      };
      if (!(await putNew(table, item))) throw failure('StaleVersion', { id: infraEnv.id });
    },

    get: async (id) => {
      const found = await table.client.send(
        new GetCommand({ TableName: table.tableName, Key: entityKey('infra-env', id), ConsistentRead: true }),
      );
      return visible(found.Item);
    },

    ofOwner: async (owner) => {
      const items = await ofIndex('by-owner', 'ownerKey', ownerKey('infra-env', owner));
      return items.map(visible).filter((infraEnv) => infraEnv !== undefined);
    },

    ofCluster: async (clusterId) => {
      const items = await ofIndex('by-cluster', 'clusterKey', clusterId);
      return items.map(visible).filter((infraEnv) => infraEnv !== undefined);
    },

    save: async (infraEnv) => {
      const saved = await updateVersion(table, {
        key: entityKey('infra-env', infraEnv.id),
        attributes: changeable(infraEnv),
        condition: '#version = :previous AND attribute_not_exists(#clusterDeletedAt)',
        names: { '#clusterDeletedAt': 'clusterDeletedAt' },
        values: { ':previous': infraEnv.version - 1 },
      });
      if (!saved) throw failure('StaleVersion', { id: infraEnv.id });
    },

    orphan: async (clusterId, { deletedAt, expiresAt }) => {
      const items = await ofIndex('by-cluster', 'clusterKey', clusterId);
      await Promise.all(
        items.map(toInfraEnv).flatMap(({ id, pullSecretId }) => [
          update(table, {
            key: entityKey('infra-env', id),
            attributes: { clusterDeletedAt: deletedAt, expiresAt },
            condition: 'attribute_exists(pk) AND attribute_not_exists(#clusterDeletedAt)',
          }),
          ...[pullSecretKey(id, pullSecretId), ...credentialKeys(id)].map((key) =>
            update(table, { key, attributes: { expiresAt }, condition: 'attribute_exists(pk)' }),
          ),
        ]),
      );
    },

    remove: async (id) => {
      await table.client.send(new DeleteCommand({ TableName: table.tableName, Key: entityKey('infra-env', id) }));
    },
  };
};
