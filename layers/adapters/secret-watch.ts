import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { secretGraceSeconds, type WatchedSecret, type WatchedSecrets } from '#domain/infra-env/secret-watch.ts';
import type { Clock } from '#domain/ports.ts';
import { entityKey, type Key, queryAll, type Table, update } from './dynamodb-table.ts';

/** What the sort keys of all pull secrets begin with. */
export const pullSecretPrefix = 'pull-secret#';

const monitorShard = 'secrets';

const partitionOf = (infraEnvId: string): string => entityKey('infra-env', infraEnvId).pk;

export const pullSecretKey = (infraEnvId: string, pullSecretId: string): Key => ({
  pk: partitionOf(infraEnvId),
  sk: `${pullSecretPrefix}${pullSecretId}`,
});

/** `run`: of the unconfigured ignitions; `site`: of installations that start by themselves. */
const credentialKinds = ['run', 'site'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

const names = { run: 'credentials', site: 'site-credentials' } as const satisfies Record<CredentialKind, string>;

/** Beside the pull secrets of the infra-env, in the same envelope and with the same life. */
export const credentialKey = (infraEnvId: string, kind: CredentialKind = 'run'): Key => ({
  pk: partitionOf(infraEnvId),
  sk: names[kind],
});

/** Of every kind. */
export const credentialKeys = (infraEnvId: string): readonly Key[] =>
  credentialKinds.map((kind) => credentialKey(infraEnvId, kind));

const secretAt = ({ pk, sk }: Record<string, unknown>): WatchedSecret => {
  const infraEnvId = String(pk).slice(partitionOf('').length);
  const name = String(sk);
  if (!name.startsWith(pullSecretPrefix)) return { infraEnvId, name };
  return { infraEnvId, name, pullSecretId: name.slice(pullSecretPrefix.length) };
};

const keyOf = ({ infraEnvId, name }: WatchedSecret): Key => ({ pk: partitionOf(infraEnvId), sk: name });

/** What a new secret has in the table for the index `monitored`. */
export const firstLook = (clock: Clock) => ({
  monitorShard,
  monitorAt: new Date(clock().getTime() + secretGraceSeconds * 1000).toISOString(),
});

export const watchedSecretStore = (table: Table): WatchedSecrets => ({
  due: async (at) => {
    const items = await queryAll(table, {
      IndexName: 'monitored',
      KeyConditionExpression: 'monitorShard = :shard AND monitorAt <= :at',
      ExpressionAttributeValues: { ':shard': monitorShard, ':at': at.toISOString() },
    });
    return items.map(secretAt);
  },

  lookAgain: async (secret, at) => {
    const attributes = { monitorAt: at.toISOString() };
    await update(table, { key: keyOf(secret), attributes, condition: 'attribute_exists(pk)' });
  },

  remove: async (secret) => {
    await table.client.send(new DeleteCommand({ TableName: table.tableName, Key: keyOf(secret) }));
  },
});
