import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Credentials } from '#domain/ignition/credentials.ts';
import type { CredentialStore, CredentialSubject } from '#domain/ignition/ignition-ports.ts';
import type { Clock } from '#domain/ports.ts';
import { putNew, type Table } from './dynamodb-table.ts';
import { seal, unseal } from './envelope.ts';
import type { Keyring } from './keyring.ts';
import { type CredentialKind, credentialKey, firstLook } from './secret-watch.ts';

interface CredentialTable extends Table {
  readonly keyring: Keyring;
  readonly kind?: CredentialKind;
  readonly clock: Clock;
}

const contextOf = ({ infraEnvId, userName }: CredentialSubject, kind: CredentialKind) => ({
  'infra-env': infraEnvId,
  credentials: kind === 'run' ? 'installation' : kind,
  owner: userName,
});

const credentials = z.record(z.string(), z.string());

export const credentialStore = ({ keyring, clock, kind = 'run', ...table }: CredentialTable): CredentialStore => {
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
      const isFirst = await putNew(table, {
        ...credentialKey(subject.infraEnvId, kind),
        ciphertext,
        expiresAt,
        ...firstLook(clock),
      });
      const kept = isFirst ? own : await read(subject);
      if (kept === undefined) throw new Error('the credentials of the infra-env were removed while they were read');
      return kept;
    },
    remove: async ({ infraEnvId }) => {
      await client.send(new DeleteCommand({ TableName, Key: credentialKey(infraEnvId, kind) }));
    },
  };
};
