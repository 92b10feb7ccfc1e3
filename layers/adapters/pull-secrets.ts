import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SecretSubject } from '#domain/infra-env/infra-env.ts';
import type { PullSecretKeeper, PullSecretReader } from '#domain/infra-env/infra-env-ports.ts';
import type { Clock } from '#domain/ports.ts';
import { type Key, putNew, queryAll, type Table, update } from './dynamodb-table.ts';
import { seal, unseal } from './envelope.ts';
import type { Keyring } from './keyring.ts';
import { credentialKeys, firstLook, pullSecretKey, pullSecretPrefix } from './secret-watch.ts';

interface SecretTable extends Table {
  readonly keyring: Keyring;
}

interface Clocked {
  readonly clock: Clock;
}

const keyOf = ({ infraEnvId, pullSecretId }: SecretSubject): Key => pullSecretKey(infraEnvId, pullSecretId);

const contextOf = ({ infraEnvId, pullSecretId, userName }: SecretSubject) => ({
  'infra-env': infraEnvId,
  'pull-secret': pullSecretId,
  owner: userName,
});

const removeKey = async ({ client, tableName }: Table, key: Key): Promise<void> => {
  await client.send(new DeleteCommand({ TableName: tableName, Key: key }));
};

/** What the ignition function keeps beside the secrets lives and goes with them. */
export const pullSecretKeeper = ({ keyring, clock, ...table }: SecretTable & Clocked): PullSecretKeeper => ({
  store: async ({ pullSecret, expiresAt, ...subject }) => {
    const ciphertext = await seal(keyring, pullSecret, contextOf(subject));
    const item = { ...keyOf(subject), ciphertext, expiresAt, ...firstLook(clock) };
    if (!(await putNew(table, item))) throw new Error('there is another pull secret of this id');
  },
  extend: async ({ expiresAt, ...subject }) => {
    const keys = [keyOf(subject), ...credentialKeys(subject.infraEnvId)];
    await Promise.all(
      keys.map((key) => update(table, { key, attributes: { expiresAt }, condition: 'attribute_exists(pk)' })),
    );
  },
  remove: async (subject) => {
    await removeKey(table, keyOf(subject));
  },
  removeAll: async (subject) => {
    const { pk } = keyOf(subject);
    const secrets = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :secret)',
      ExpressionAttributeValues: { ':pk': pk, ':secret': pullSecretPrefix },
      ProjectionExpression: 'sk',
      ConsistentRead: true,
    });
    const keys = [...credentialKeys(subject.infraEnvId), ...secrets.map(({ sk }) => ({ pk, sk: String(sk) }))];
    await Promise.all(keys.map((key) => removeKey(table, key)));
  },
});

export const pullSecretReader = ({ keyring, ...table }: SecretTable): PullSecretReader => ({
  read: async (subject) => {
    const found = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: keyOf(subject), ConsistentRead: true }),
    );
    const ciphertext: unknown = found.Item?.ciphertext;
    if (!(ciphertext instanceof Uint8Array)) return undefined;
    return unseal(keyring, { what: 'pull secret', ciphertext, context: contextOf(subject) });
  },
});
