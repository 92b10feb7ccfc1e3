import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll } from 'vitest';
import { startDynamoDb } from '#emulators/dynamodb/dynamodb-server.ts';
import { createTables } from '#local/template-tables.ts';
import { table } from '#test/local/table.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * A new table for one file of tests, and a clock that the tests set. On the emulator that AWS_ENDPOINT_URL names, or on
 * the embedded stand-in.
 */
export const storedTable = async () => {
  const { AWS_ENDPOINT_URL: given } = process.env;
  const embedded = given === undefined ? await startDynamoDb() : undefined;
  const endpoint = given ?? embedded?.endpoint ?? '';
  const plain = new DynamoDBClient({ endpoint, region: 'us-east-1', ...(given === undefined ? { credentials } : {}) });
  const tableName = `ove-ignition-test-${randomUUID()}`;
  await createTables(plain, [{ ...table, ref: tableName }]);
  afterAll(async () => {
    plain.destroy();
    await embedded?.close();
  });
  const time = { now: new Date('2026-03-01T12:00:00.000Z') };
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
  return { client, tableName, time, clock: () => time.now };
};

export const seconds = (iso: string): number => Date.parse(iso) / 1000;
