import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDynamoDb } from '#emulators/dynamodb/dynamodb-server.ts';
import type { Listening } from '#emulators/http/listen.ts';
import { createTables } from '#local/template-tables.ts';
import { table } from '../../local/table.ts';

let folder: string;
let service: Listening | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynamodb-'));
});

afterEach(async () => {
  await service?.close();
  service = undefined;
  await rm(folder, { recursive: true });
});

const restarted = async (path?: string): Promise<DynamoDBClient> => {
  await service?.close();
  service = await startDynamoDb(path === undefined ? {} : { path });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBClient({ endpoint: service.endpoint, region: 'us-east-1', credentials });
};

const TableName = table.ref;
const Key = { pk: { S: 'cluster#1' }, sk: { S: 'cluster' } };
const Item = { ...Key, ownerKey: { S: 'cluster#ada' }, createdAt: { S: '2030' } };

test('a table has the keys and indexes that its template asks for', async () => {
  const client = await restarted();
  await createTables(client, [table]);
  await client.send(new PutItemCommand({ TableName, Item }));
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-owner',
      KeyConditionExpression: 'ownerKey = :owner',
      ExpressionAttributeValues: { ':owner': { S: 'cluster#ada' } },
    }),
  );
  expect(Items).toEqual([Item]);
});

test('a table that is there is kept with what it holds, over a restart', async () => {
  const first = await restarted(folder);
  await createTables(first, [table]);
  await first.send(new PutItemCommand({ TableName, Item }));

  const second = await restarted(folder);
  await createTables(second, [table]);
  expect((await second.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(Item);
});

test('a table that was made with other indexes is refused', async () => {
  const client = await restarted(folder);
  await createTables(client, [table]);
  const keys = [{ AttributeName: 'pk', KeyType: 'HASH' }];
  const definitions = [{ AttributeName: 'pk', AttributeType: 'S' }];
  const other = { ...table, properties: { KeySchema: keys, AttributeDefinitions: definitions } };
  await expect(createTables(client, [other])).rejects.toThrow(/made by another version/);
});

test('without a folder nothing is kept', async () => {
  await createTables(await restarted(), [table]);
  const client = await restarted();
  await expect(client.send(new GetItemCommand({ TableName, Key }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
