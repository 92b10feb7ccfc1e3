import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll } from 'vitest';
import { releaseStore } from '#adapters/release-store.ts';
import { startDynamoDb } from '#emulators/dynamodb/dynamodb-server.ts';
import { startS3 } from '#emulators/s3/s3-server.ts';
import { createTables } from '#local/template-tables.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { table } from '#test/local/table.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
const region = 'us-east-1';

/** A running local stack without its functions: table, bucket, and the file that tells where they are. */
export const localStack = async () => {
  const data = join(await sharedFolder(), '.local');
  await mkdir(data);
  const s3Server = await startS3({ dataDir: join(data, 's3'), credentials, region });
  const dynamoDb = await startDynamoDb();
  const s3 = new S3Client({ endpoint: s3Server.endpoint, region, credentials, forcePathStyle: true });
  const plain = new DynamoDBClient({ endpoint: dynamoDb.endpoint, region, credentials });
  afterAll(async () => {
    s3.destroy();
    plain.destroy();
    await Promise.all([s3Server.close(), dynamoDb.close()]);
  });
  const bucket = 'releases';
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await createTables(plain, [table]);
  const endpoints = { dynamodb: dynamoDb.endpoint, s3: s3Server.endpoint };
  const outputs = {
    TableName: table.ref,
    ReleasesBucket: bucket,
    ArtifactsBucket: 'artifacts',
    ApiUrl: 'http://127.0.0.1',
  };
  await writeFile(join(data, 'stack.json'), JSON.stringify({ endpoints, region, credentials, outputs }));

  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
  const stored = { client, tableName: table.ref };
  return {
    data,
    table: stored,
    releases: releaseStore(stored),
    keys: async (): Promise<readonly string[]> => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    },
    beginUpload: (Key: string) => s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key })),
    unfinishedUploads: async () =>
      (await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads?.length ?? 0,
    abortUploads: async () => {
      const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
      for (const { Key, UploadId } of Uploads) {
        await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
      }
    },
    read: async (key: string): Promise<Buffer> => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },
    write: (key: string, body: Buffer | string) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })),
  };
};
