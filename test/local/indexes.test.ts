import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { startDynamoDb } from '#emulators/dynamodb/dynamodb-server.ts';
import { level } from '#emulators/dynamodb/level-store.ts';
import { dropIndexEntries, refillIndexes } from '#local/indexes.ts';
import { createTables } from '#local/template-tables.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { table } from './table.ts';

const TableName = table.ref;

const opened = async (path: string) => {
  const service = await startDynamoDb({ path });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: service.endpoint, region: 'us-east-1', credentials });
  await createTables(client, [table]);
  return { client, close: service.close };
};

const listed = async (client: DynamoDBClient) => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-owner',
      KeyConditionExpression: 'ownerKey = :owner',
      ExpressionAttributeValues: { ':owner': { S: 'cluster#ada' } },
    }),
  );
  return Items.map(({ pk }) => pk?.S);
};

/** What a kill between the writes of an index and of an item leaves: an index entry whose item is not there. */
const loseItem = async (path: string, id: string): Promise<void> => {
  const store = level(path);
  await store.open();
  const keys = (store as unknown as { keys: () => AsyncIterable<string> }).keys();
  for await (const key of keys) {
    if (key.startsWith(`item-${TableName}~`) && key.includes(Buffer.from(id).toString('hex'))) await store.del(key);
  }
  await store.close();
};

test('indexes that a kill left behind their table are right again after they were dropped and refilled', async () => {
  const path = await temporaryFolder();
  const first = await opened(path);
  for (const id of ['cluster#1', 'cluster#2', 'cluster#3']) {
    const Item = { pk: { S: id }, sk: { S: 'cluster' }, ownerKey: { S: 'cluster#ada' }, createdAt: { S: id } };
    await first.client.send(new PutItemCommand({ TableName, Item }));
  }
  await first.close();
  await loseItem(path, 'cluster#2');

  const broken = await opened(path);
  expect(await listed(broken.client)).toEqual(['cluster#1', 'cluster#2', 'cluster#3']);
  await broken.close();

  await dropIndexEntries(path);
  const repaired = await opened(path);
  expect(await listed(repaired.client)).toEqual([]);
  await refillIndexes(repaired.client, TableName);
  expect(await listed(repaired.client)).toEqual(['cluster#1', 'cluster#3']);
  await repaired.close();
});
