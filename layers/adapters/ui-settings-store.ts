import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { UiSettings } from '#domain/cluster/cluster-ports.ts';
import { type Key, type Table, update } from './dynamodb-table.ts';

const keyOf = (clusterId: string): Key => ({ pk: `cluster#${clusterId}`, sk: 'ui-settings' });

/** Moves the end of a cluster's UI settings, if it has any, to a later moment. */
export const extendUiSettings = async (table: Table, clusterId: string, expiresAt: number): Promise<void> => {
  await update(table, { key: keyOf(clusterId), attributes: { expiresAt }, condition: '#expiresAt < :expiresAt' });
};

/** An item of their own, since the indexes carry every attribute of a cluster. */
export const uiSettingsStore = ({ client, tableName }: Table): UiSettings => ({
  get: async (clusterId) => {
    const found = await client.send(
      new GetCommand({ TableName: tableName, Key: keyOf(clusterId), ConsistentRead: true }),
    );
    const text: unknown = found.Item?.text;
    return typeof text === 'string' ? text : undefined;
  },
  put: async ({ clusterId, text, expiresAt }) => {
    await client.send(new PutCommand({ TableName: tableName, Item: { ...keyOf(clusterId), text, expiresAt } }));
  },
  remove: async (clusterId) => {
    await client.send(new DeleteCommand({ TableName: tableName, Key: keyOf(clusterId) }));
  },
});
