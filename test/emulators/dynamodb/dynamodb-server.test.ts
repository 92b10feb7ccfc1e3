import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
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

const access = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

const restarted = async (path?: string): Promise<DynamoDBClient> => {
  await service?.close();
  service = await startDynamoDb(path === undefined ? {} : { path });
  return new DynamoDBClient({ ...access, endpoint: service.endpoint });
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

test('a write for which the disk has no room is refused, and taken once there is room; reading and removing go on', async () => {
  const mebibyte = 1024 * 1024;
  let free = 1024 * mebibyte;
  const said = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => said.mockRestore());
  service = await startDynamoDb({ path: folder, freeBytes: async () => free });
  const client = new DynamoDBClient({ ...access, endpoint: service.endpoint, maxAttempts: 1 });
  await createTables(client, [table]);
  await client.send(new PutItemCommand({ TableName, Item }));

  free = 20 * mebibyte;
  await expect(client.send(new PutItemCommand({ TableName, Item }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 503 },
    message: 'The disk of the data folder is full.',
  });
  await expect(client.send(new PutItemCommand({ TableName, Item }))).rejects.toThrow();
  expect(said.mock.calls).toEqual([
    [expect.stringMatching(/^The disk of the data folder is full\..*there is room\.$/)],
  ]);
  expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(Item);
  await client.send(new DeleteItemCommand({ TableName, Key }));

  free = 64 * mebibyte;
  await client.send(new PutItemCommand({ TableName, Item }));
  client.destroy();
});

test('a store that is damaged is said to be, before anything listens', async () => {
  const client = await restarted(folder);
  await createTables(client, [table]);
  await service?.close();
  service = undefined;
  await writeFile(join(folder, 'CURRENT'), 'no manifest');
  await expect(startDynamoDb({ path: folder })).rejects.toMatchObject({
    cause: { message: expect.stringContaining('CURRENT') },
  });
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
