import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { IsoRecords, MediaAttempts } from '#domain/composition/composition-ports.ts';
import type { IsoRecord } from '#domain/composition/iso-record.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Table } from './dynamodb-table.ts';

const keyOf = (infraEnvId: string) => ({ pk: `infra-env#${infraEnvId}`, sk: 'iso' });

// Sound because these items are written by `put` alone.
const toRecord = ({ pk, sk, ...record }: Record<string, unknown>): IsoRecord => record as unknown as IsoRecord;

export const isoRecordStore = ({ client, tableName }: Table): IsoRecords => ({
  get: async (infraEnvId) => {
    const found = await client.send(
      new GetCommand({ TableName: tableName, Key: keyOf(infraEnvId), ConsistentRead: true }),
    );
    return found.Item === undefined ? undefined : toRecord(found.Item);
  },
  put: async (record) => {
    await client.send(new PutCommand({ TableName: tableName, Item: { ...keyOf(record.infraEnvId), ...record } }));
  },
});

/** An item of its own: the record of an ISO is written whole by each step of a composition. */
export const mediaAttemptStore = ({ client, tableName }: Table): MediaAttempts => {
  const keyOf = ({ id, revision }: InfraEnv) => ({ pk: `infra-env#${id}`, sk: `media-attempt#${revision}` });
  return {
    latest: async (infraEnv) => {
      const get = new GetCommand({ TableName: tableName, Key: keyOf(infraEnv), ConsistentRead: true });
      return (await client.send(get)).Item?.attempt ?? 0;
    },
    put: async (infraEnv, attempt) => {
      const { expiresAt } = infraEnv;
      await client.send(new PutCommand({ TableName: tableName, Item: { ...keyOf(infraEnv), attempt, expiresAt } }));
    },
  };
};
