import { randomBytes } from 'node:crypto';
import {
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { startDynamoDb } from '#emulators/dynamodb/dynamodb-server.ts';
import { listen } from '#emulators/http/listen.ts';
import { accessControl } from '#emulators/iam/access-control.ts';
import { rightsOf } from '#emulators/iam/policy.ts';
import { keyArn, kmsServer } from '#emulators/kms/kms-server.ts';
import { lambdaServer } from '#emulators/lambda/lambda-server.ts';
import { startS3 } from '#emulators/s3/s3-server.ts';
import { stateMachineArn, stepFunctions } from '#emulators/step-functions/step-functions.ts';
import { stepFunctionsServer } from '#emulators/step-functions/step-functions-server.ts';
import { createTables } from '#local/template-tables.ts';
import { atEnd } from '#test/fakes/at-end.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { functionOf } from '#test/local/functions.ts';
import { table } from '#test/local/table.ts';

const region = 'us-east-1';
const artifactsKey = 'arn:aws:kms:us-east-1:000000000000:key/artifacts';
const tableArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${table.ref}`;

const access = accessControl('local');
const allowed: readonly [action: string, resource: string][] = [
  ['dynamodb:GetItem', tableArn],
  ['kms:GenerateDataKey', keyArn],
  ['kms:Decrypt', artifactsKey],
  ['s3:GetObject', 'arn:aws:s3:::plain/*'],
  ['s3:GetObject', 'arn:aws:s3:::encrypted/*'],
  ['s3:PutObject', 'arn:aws:s3:::encrypted/*'],
  ['s3:DeleteObject', 'arn:aws:s3:::plain/mine/*'],
];
const Statement = allowed.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource }));
access.learn(new Map([['role', rightsOf([{ Version: '2012-10-17', Statement }])]]));

const started = async (server: Promise<{ endpoint: string; close: () => Promise<void> }>): Promise<string> => {
  const { endpoint, close } = await server;
  atEnd(close);
  return endpoint;
};

const owner = { accessKeyId: 'local', secretAccessKey: 'local' };
const as = (accessKeyId: string) => ({ region, credentials: { ...owner, accessKeyId }, maxAttempts: 1 });

const dynamoDb = { endpoint: await started(startDynamoDb({ access: { control: access, partitionKey: 'pk' } })) };
const s3 = {
  endpoint: await started(
    startS3({
      dataDir: await sharedFolder(),
      credentials: owner,
      region,
      access,
      encryptionKeys: new Map([['encrypted', artifactsKey]]),
    }),
  ),
  forcePathStyle: true,
};
const kms = { endpoint: await started(listen(kmsServer(randomBytes(32), access))) };
const functions = new Map([['greet', functionOf(async () => 'hello')]]);
const lambda = { endpoint: await started(listen(lambdaServer(functions, access))) };

const definition = JSON.stringify({
  StartAt: 'Start',
  States: {
    Start: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution',
      Parameters: { StateMachineArn: stateMachineArn('other') },
      End: true,
    },
  },
});
const clients = {
  dynamoDb: new DynamoDBClient(as('role')),
  lambda: new LambdaClient(as('role')),
  s3: new S3Client(as('role')),
};
const machines = stepFunctions([{ name: 'machine', type: 'EXPRESS', definition }], () => ({
  clients,
  refusalToStart: (resource) => access.refusal('role', { action: 'states:StartExecution', resource }),
}));
const states = { endpoint: await started(listen(stepFunctionsServer(machines, access))) };

const ofOwner = {
  dynamoDb: new DynamoDBClient({ ...as('local'), ...dynamoDb }),
  s3: new S3Client({ ...as('local'), ...s3 }),
};
const ofRole = {
  dynamoDb: new DynamoDBClient({ ...as('role'), ...dynamoDb }),
  s3: new S3Client({ ...as('role'), ...s3 }),
  kms: new KMSClient({ ...as('role'), ...kms }),
  lambda: new LambdaClient({ ...as('role'), ...lambda }),
  states: new SFNClient({ ...as('role'), ...states }),
};

await createTables(ofOwner.dynamoDb, [table]);
for (const Bucket of ['plain', 'encrypted']) await ofOwner.s3.send(new CreateBucketCommand({ Bucket }));

const item = { pk: { S: 'infra-env#1' }, sk: { S: 'infra-env' } };
const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: Error) => error.name,
  );

describe('who acts as a role', () => {
  it('gets from DynamoDB what the role may, of the table and not of its indexes', async () => {
    const { dynamoDb: client } = ofRole;
    await ofOwner.dynamoDb.send(new PutItemCommand({ TableName: table.ref, Item: item }));
    expect((await client.send(new GetItemCommand({ TableName: table.ref, Key: item }))).Item).toEqual(item);
    const query = { TableName: table.ref, IndexName: 'by-owner', KeyConditionExpression: 'ownerKey = :o' };
    for (const command of [
      new PutItemCommand({ TableName: table.ref, Item: item }),
      new QueryCommand({ ...query, ExpressionAttributeValues: { ':o': { S: 'o' } } }),
      new ListTablesCommand({}),
    ] as const) {
      expect(await failureOf(client.send(command as PutItemCommand))).toBe('AccessDeniedException');
    }
  });

  it('uses the keys of KMS that it may, for what it may', async () => {
    expect(await failureOf(ofRole.kms.send(new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256' })))).toBe(
      'none',
    );
    const decrypt = new DecryptCommand({ CiphertextBlob: randomBytes(64) });
    expect(await failureOf(ofRole.kms.send(decrypt))).toBe('AccessDeniedException');
  });

  it('calls no function and starts no execution that it may not', async () => {
    const invoke = new InvokeCommand({ FunctionName: 'greet' });
    expect(await failureOf(ofRole.lambda.send(invoke))).toBe('AccessDeniedException');
    const start = new StartExecutionCommand({ stateMachineArn: stateMachineArn('machine') });
    expect(await failureOf(ofRole.states.send(start))).toBe('AccessDeniedException');
    const { outcome } = await machines.startSync({ stateMachineArn: stateMachineArn('machine') });
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'StepFunctions.AccessDeniedException' });
  });

  it('reads and deletes objects by their keys, and lists nothing', async () => {
    for (const Key of ['mine/a', 'theirs'])
      await ofOwner.s3.send(new PutObjectCommand({ Bucket: 'plain', Key, Body: 'x' }));
    const { s3: client } = ofRole;
    expect(await failureOf(client.send(new GetObjectCommand({ Bucket: 'plain', Key: 'theirs' })))).toBe('none');
    expect(await failureOf(client.send(new ListObjectsV2Command({ Bucket: 'plain' })))).toBe('AccessDenied');
    const Objects = [{ Key: 'mine/a' }, { Key: 'theirs' }];
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects } }));
    expect([Deleted?.map(({ Key }) => Key), Errors?.map(({ Key, Code }) => [Key, Code])]).toEqual([
      ['mine/a'],
      [['theirs', 'AccessDenied']],
    ]);
  });

  it('is not told that an object is missing where it may not list', async () => {
    const get = new GetObjectCommand({ Bucket: 'plain', Key: 'none' });
    expect(await failureOf(ofRole.s3.send(get))).toBe('AccessDenied');
    expect(await failureOf(ofOwner.s3.send(get))).toBe('NoSuchKey');
  });

  it('needs the key of an encrypted bucket besides', async () => {
    const object = { Bucket: 'encrypted', Key: 'a' };
    await ofOwner.s3.send(new PutObjectCommand({ ...object, Body: 'x' }));
    expect(await failureOf(ofRole.s3.send(new GetObjectCommand(object)))).toBe('none');
    expect(await failureOf(ofRole.s3.send(new PutObjectCommand({ ...object, Body: 'y' })))).toBe('AccessDenied');
  });
});
