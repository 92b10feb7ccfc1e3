import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Release } from '#domain/release/release.ts';
import type { ProfileKeeper, Releases } from '#domain/release/release-ports.ts';
import { conditionally, queryAll, type Table } from './dynamodb-table.ts';

const catalogue = 'release';

// Sound because the catalogue is written by `add` alone.
const toRelease = ({ pk, sk, ...record }: Record<string, unknown>): Release => record as unknown as Release;

export const releaseStore = (table: Table): Releases & ProfileKeeper => ({
  all: async () => {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :catalogue',
      ExpressionAttributeValues: { ':catalogue': catalogue },
    });
    return items.map(toRelease);
  },
  get: async (version) => {
    const found = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: { pk: catalogue, sk: version } }),
    );
    return found.Item === undefined ? undefined : toRelease(found.Item);
  },
  add: async (release) => {
    await table.client.send(
      new PutCommand({ TableName: table.tableName, Item: { pk: catalogue, sk: release.version, ...release } }),
    );
  },
  keepProfile: async ({ version, installer }, profile) => {
    await conditionally(() =>
      table.client.send(
        new UpdateCommand({
          TableName: table.tableName,
          Key: { pk: catalogue, sk: version },
          UpdateExpression: 'SET #installer.#profile = :profile',
          ConditionExpression: '#installer.#sha256 = :sha256',
          ExpressionAttributeNames: { '#installer': 'installer', '#profile': 'profile', '#sha256': 'sha256' },
          ExpressionAttributeValues: { ':profile': profile, ':sha256': installer.sha256 },
        }),
      ),
    );
  },
});

/** Takes releases out of the catalogue: for the operator's command alone. */
export interface ReleaseRemover {
  /** True if the release was there. */
  readonly remove: (version: string) => Promise<boolean>;
}

export const releaseRemover = (table: Table): ReleaseRemover => ({
  remove: async (version) => {
    const removed = await table.client.send(
      new DeleteCommand({
        TableName: table.tableName,
        Key: { pk: catalogue, sk: version },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return removed.Attributes !== undefined;
  },
});
