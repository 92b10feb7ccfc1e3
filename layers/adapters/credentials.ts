import type { KmsKeyringNode } from '@aws-crypto/client-node';
import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Credentials } from '#domain/ignition/credentials.ts';
import type { CredentialStore, CredentialSubject } from '#domain/ignition/ignition-ports.ts';
import { type Key, putNew, type Table } from './dynamodb-table.ts';
import { seal, unseal } from './envelope.ts';

/** `run`: of the unconfigured ignitions; `site`: of installations that start by themselves. */
const credentialKinds = ['run', 'site'] as const;
type Kind = (typeof credentialKinds)[number];

interface CredentialTable extends Table {
  readonly keyring: KmsKeyringNode;
  readonly kind?: Kind;
}

const names = { run: 'credentials', site: 'site-credentials' } as const satisfies Record<Kind, string>;

/** Beside the pull secrets of the infra-env, in the same envelope and with the same life. */
export const credentialKey = (infraEnvId: string, kind: Kind = 'run'): Key => ({
  pk: `infra-env#${infraEnvId}`,
  sk: names[kind],
});

/** Of every kind. */
export const credentialKeys = (infraEnvId: string): readonly Key[] =>
  credentialKinds.map((kind) => credentialKey(infraEnvId, kind));

const contextOf = ({ infraEnvId, userName }: CredentialSubject, kind: Kind) => ({
  'infra-env': infraEnvId,
  credentials: kind === 'run' ? 'installation' : kind,
  owner: userName,
});

const credentials = z.record(z.string(), z.string());

export const credentialStore = ({ keyring, kind = 'run', ...table }: CredentialTable): CredentialStore => {
  const { client, tableName: TableName } = table;

  const read = async (subject: CredentialSubject): Promise<Credentials | undefined> => {
    const found = await client.send(
      new GetCommand({ TableName, Key: credentialKey(subject.infraEnvId, kind), ConsistentRead: true }),
    );
    const ciphertext: unknown = found.Item?.ciphertext;
    if (!(ciphertext instanceof Uint8Array)) return undefined;
    const context = contextOf(subject, kind);
    return credentials.parse(JSON.parse(await unseal(keyring, { what: 'credentials', ciphertext, context })));
  };

  return {
    read,
    keepFirst: async ({ credentials: own, expiresAt, ...subject }) => {
      const ciphertext = await seal(keyring, JSON.stringify(own), contextOf(subject, kind));
      const isFirst = await putNew(table, { ...credentialKey(subject.infraEnvId, kind), ciphertext, expiresAt });
      const kept = isFirst ? own : await read(subject);
      if (kept === undefined) throw new Error('the credentials of the infra-env were removed while they were read');
      return kept;
    },
    remove: async ({ infraEnvId }) => {
      await client.send(new DeleteCommand({ TableName, Key: credentialKey(infraEnvId, kind) }));
    },
  };
};
