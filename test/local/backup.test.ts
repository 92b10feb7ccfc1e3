import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { execa } from 'execa';
import { expect, it, vi } from 'vitest';
import { startBackingServices } from '#local/backing-services.ts';
import { holdDataFolder } from '#local/data-folder.ts';
import { createTables } from '#local/template-tables.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { table } from './table.ts';

/** The services that keep data, on a folder, as `npm start` has them. */
const started = async (root: string) => {
  const folder = await holdDataFolder(root);
  const { environment, keys, close } = await startBackingServices(folder);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const clients = {
    table: new DynamoDBClient({}),
    objects: new S3Client({ forcePathStyle: true }),
    kms: new KMSClient({}),
  };
  const stop = async () => {
    for (const client of Object.values(clients)) client.destroy();
    await close();
    await folder.release();
  };
  return { ...clients, keyArn: (await keys()).keyArn, stop };
};

const Key = { pk: { S: 'cluster#1' }, sk: { S: 'cluster' } };
const object = { Bucket: 'artifacts', Key: 'a' };

it('a copy of a folder whose stack has stopped brings everything back, what is encrypted included', async () => {
  const root = join(await temporaryFolder(), '.local');
  const before = await started(root);
  await createTables(before.table, [table]);
  await before.table.send(new PutItemCommand({ TableName: table.ref, Item: { ...Key, createdAt: { S: '2030' } } }));
  await before.objects.send(new CreateBucketCommand({ Bucket: object.Bucket }));
  await before.objects.send(new PutObjectCommand({ ...object, Body: 'content' }));
  const dataKey = new GenerateDataKeyCommand({ KeyId: before.keyArn, KeySpec: 'AES_256' });
  const { CiphertextBlob, Plaintext: secret } = await before.kms.send(dataKey);
  await before.stop();

  // As docs/operations.md says it.
  await execa('tar', ['-czf', 'backup.tgz', '.local'], { cwd: join(root, '..') });
  await rm(root, { recursive: true });
  await execa('tar', ['-xzf', 'backup.tgz'], { cwd: join(root, '..') });

  const after = await started(root);
  const item = await after.table.send(new GetItemCommand({ TableName: table.ref, Key }));
  expect(item.Item).toMatchObject({ createdAt: { S: '2030' } });
  expect(await (await after.objects.send(new GetObjectCommand(object))).Body?.transformToString()).toBe('content');
  const { Plaintext } = await after.kms.send(new DecryptCommand({ CiphertextBlob }));
  expect(Plaintext).toEqual(secret);
  await after.stop();
});
