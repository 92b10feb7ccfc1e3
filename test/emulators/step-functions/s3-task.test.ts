import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  CompleteMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { stateMachineArn, stepFunctions } from '#emulators/step-functions/step-functions.ts';
import { bucket, clientOf, runServer } from '#test/emulators/s3/running-server.ts';

const access = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** Runs a state machine to its end. */
const run = async (s3: S3Client, definition: object, input: object = {}) => {
  const clients = { dynamoDb: new DynamoDBClient(access), lambda: new LambdaClient(access), s3 };
  const service = stepFunctions([{ name: 'machine', type: 'EXPRESS', definition: JSON.stringify(definition) }], () => ({
    clients,
  }));
  const started = await service.startSync({
    stateMachineArn: stateMachineArn('machine'),
    input: JSON.stringify(input),
  });
  return started.finished;
};

const task = (operation: string, Parameters: object, rest: object = { End: true }) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::aws-sdk:s3:${operation}`,
  Parameters,
  ...rest,
});

const oneTask = (operation: string, parameters: object) => ({
  StartAt: 'Task',
  States: { Task: task(operation, parameters) },
});

const copying = {
  StartAt: 'Create',
  States: {
    Create: task('createMultipartUpload', { Bucket: bucket, Key: 'copy' }, { ResultPath: '$.upload', Next: 'CopyAll' }),
    CopyAll: {
      Type: 'Map',
      ItemsPath: '$.parts',
      MaxConcurrency: 2,
      ItemSelector: { 'uploadId.$': '$.upload.UploadId', 'part.$': '$$.Map.Item.Value' },
      ItemProcessor: {
        StartAt: 'Copy',
        States: {
          Copy: task('uploadPartCopy', {
            Bucket: bucket,
            Key: 'copy',
            CopySource: `${bucket}/base`,
            'CopySourceRange.$': '$.part.range',
            'UploadId.$': '$.uploadId',
            'PartNumber.$': '$.part.number',
          }),
        },
      },
      ResultPath: null,
      End: true,
    },
  },
};

describe('a task on S3', () => {
  test('composes an object of copied parts', async () => {
    const { client } = await runServer();
    const base = Buffer.concat([Buffer.alloc(5 * 1024 ** 2, 'a'), Buffer.from('tail')]);
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'base', Body: base }));
    const end = base.length - 1;
    const parts = [
      { number: 1, range: `bytes=0-${end - 4}` },
      { number: 2, range: `bytes=${end - 3}-${end}` },
    ];
    const outcome = await run(client, copying, { parts });
    expect(outcome.status).toBe('SUCCEEDED');
    const { UploadId } = JSON.parse('output' in outcome ? outcome.output : '{}').upload;
    const upload = { Bucket: bucket, Key: 'copy', UploadId };
    const { Parts = [] } = await client.send(new ListPartsCommand(upload));
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    const copy = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'copy' }));
    expect(Buffer.from((await copy.Body?.transformToByteArray()) ?? []).equals(base)).toBe(true);
  });

  test('aborts an upload', async () => {
    const { client } = await runServer();
    const created = await run(client, oneTask('createMultipartUpload', { Bucket: bucket, Key: 'copy' }));
    const { UploadId } = JSON.parse('output' in created ? created.output : '{}');
    const aborted = await run(client, oneTask('abortMultipartUpload', { Bucket: bucket, Key: 'copy', UploadId }));
    expect(aborted.status).toBe('SUCCEEDED');
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads ?? []).toEqual([]);
  });

  test('fails as the integration of AWS names it', async () => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'base', Body: 'base' }));
    const created = await run(client, oneTask('createMultipartUpload', { Bucket: bucket, Key: 'copy' }));
    const { UploadId } = JSON.parse('output' in created ? created.output : '{}');
    const copy = { Bucket: bucket, Key: 'copy', CopySource: `${bucket}/base`, PartNumber: 1, UploadId };
    const errorOf = async (parameters: object) => run(client, oneTask('uploadPartCopy', { ...copy, ...parameters }));
    expect(await errorOf({ CopySourceIfMatch: '"another"' })).toMatchObject({ error: 'S3.S3Exception' });
    expect(await errorOf({ UploadId: 'absent' })).toMatchObject({ error: 'S3.NoSuchUploadException' });
    expect(await errorOf({ CopySource: `${bucket}/absent` })).toMatchObject({ error: 'S3.NoSuchKeyException' });
    const unreachable = clientOf('http://127.0.0.1:1');
    expect(await run(unreachable, oneTask('uploadPartCopy', copy))).toMatchObject({ error: 'S3.SdkClientException' });
  });

  test('is not offered for what moves content', async () => {
    const { client } = await runServer();
    await expect(run(client, oneTask('getObject', {}))).rejects.toThrow('aws-sdk:s3:getObject is not available here');
  });
});
