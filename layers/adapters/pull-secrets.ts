import { buildClient, CommitmentPolicy, type KmsKeyringNode } from '@aws-crypto/client-node';
import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SecretSubject } from '#domain/infra-env/infra-env.ts';
import type { PullSecretKeeper, PullSecretReader } from '#domain/infra-env/infra-env-ports.ts';
import { type Key, putNew, queryAll, type Table, update } from './dynamodb-table.ts';

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);

interface SecretTable extends Table {
  readonly keyring: KmsKeyringNode;
}

const secretPrefix = 'pull-secret#';

export const pullSecretKey = (infraEnvId: string, pullSecretId: string): Key => ({
  pk: `infra-env#${infraEnvId}`,
  sk: `${secretPrefix}${pullSecretId}`,
});

const keyOf = ({ infraEnvId, pullSecretId }: SecretSubject): Key => pullSecretKey(infraEnvId, pullSecretId);

/** Binds a ciphertext to its infra-env and owner: moved elsewhere in the table, it cannot be decrypted. */
const contextOf = ({ infraEnvId, pullSecretId, userName }: SecretSubject) => ({
  'infra-env': infraEnvId,
  'pull-secret': pullSecretId,
  owner: userName,
});

const removeKey = async ({ client, tableName }: Table, key: Key): Promise<void> => {
  await client.send(new DeleteCommand({ TableName: tableName, Key: key }));
};

/** Encrypts with the AWS Encryption SDK: a pull secret may be larger than the 4,096 bytes that KMS itself takes. */
export const pullSecretKeeper = ({ keyring, ...table }: SecretTable): PullSecretKeeper => ({
  store: async ({ pullSecret, expiresAt, ...subject }) => {
    const { result } = await encrypt(keyring, pullSecret, { encryptionContext: contextOf(subject) });
    const item = { ...keyOf(subject), ciphertext: Uint8Array.from(result), expiresAt };
    if (!(await putNew(table, item))) throw new Error('there is another pull secret of this id');
  },
  extend: async ({ expiresAt, ...subject }) => {
    await update(table, { key: keyOf(subject), attributes: { expiresAt }, condition: 'attribute_exists(pk)' });
  },
  remove: async (subject) => {
    await removeKey(table, keyOf(subject));
  },
  removeAll: async (subject) => {
    const { pk } = keyOf(subject);
    const secrets = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :secret)',
      ExpressionAttributeValues: { ':pk': pk, ':secret': secretPrefix },
      ProjectionExpression: 'sk',
      ConsistentRead: true,
    });
    await Promise.all(secrets.map(({ sk }) => removeKey(table, { pk, sk: String(sk) })));
  },
});

export const pullSecretReader = ({ keyring, ...table }: SecretTable): PullSecretReader => ({
  read: async (subject) => {
    const found = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: keyOf(subject), ConsistentRead: true }),
    );
    const ciphertext: unknown = found.Item?.ciphertext;
    if (!(ciphertext instanceof Uint8Array)) return undefined;
    const { plaintext, messageHeader } = await decrypt(keyring, ciphertext);
    for (const [name, value] of Object.entries(contextOf(subject))) {
      if (messageHeader.encryptionContext[name] !== value) throw new Error(`pull secret of another ${name}`);
    }
    return plaintext.toString('utf8');
  },
});
