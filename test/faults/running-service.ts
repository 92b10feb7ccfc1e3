import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, ListMultipartUploadsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { vi } from 'vitest';
import { startDynamoDb } from '#emulators/dynamodb/dynamodb-server.ts';
import { listen } from '#emulators/http/listen.ts';
import { keyArn, kmsServer, macKeyArn } from '#emulators/kms/kms-server.ts';
import type { Handler } from '#emulators/lambda/handler-run.ts';
import { lambdaServer } from '#emulators/lambda/lambda-server.ts';
import { startS3 } from '#emulators/s3/s3-server.ts';
import { stateMachineArn, stepFunctions } from '#emulators/step-functions/step-functions.ts';
import { stepFunctionsServer } from '#emulators/step-functions/step-functions-server.ts';
import { createTables } from '#local/template-tables.ts';
import { definitionText } from '#statemachines/definition.ts';
import { atEnd } from '#test/fakes/at-end.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { functionOf } from '#test/local/functions.ts';
import { table } from '#test/local/table.ts';
import { substitutions } from '#test/statemachines/machines.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
const region = 'us-east-1';
export const buckets = { artifacts: 'artifacts', releases: 'releases' };

/** A generation in the background is not what these tests are about. */
const succeeding = JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });

type Lambda = (event: unknown, context: Context) => Promise<unknown>;

/** The stand-ins of AWS, and the environment of the functions' own handlers, which find them by it. */
const startAws = async (functions: Readonly<Record<string, Handler>>) => {
  const folder = await sharedFolder();
  const dynamoDb = await startDynamoDb();
  const s3 = await startS3({ dataDir: join(folder, 's3'), credentials, region });
  const kms = await listen(kmsServer(randomBytes(32)));
  const named = Object.entries(functions).map(([name, handler]) => [name, functionOf(handler, { name })] as const);
  const lambda = await listen(lambdaServer(new Map(named)));
  const plain = new DynamoDBClient({ region, credentials, endpoint: dynamoDb.endpoint });
  const objects = new S3Client({ region, credentials, endpoint: s3.endpoint, forcePathStyle: true });
  const prepareMediaArn = stateMachineArn('prepare-media');
  const caller = new LambdaClient({ region, credentials, endpoint: lambda.endpoint });
  const machines = stepFunctions(
    [
      {
        name: 'disconnected-transition',
        type: 'EXPRESS',
        definition: definitionText('disconnected-transition'),
        substitutions: { ...substitutions, PrepareMediaArn: prepareMediaArn },
      },
      { name: 'prepare-media', type: 'STANDARD', definition: succeeding },
    ],
    () => ({ clients: { dynamoDb: plain, s3: objects, lambda: caller } }),
  );
  const states = await listen(stepFunctionsServer(machines));
  const variables = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // One repetition shows what many would, in less time.
    AWS_MAX_ATTEMPTS: '2',
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
    AWS_ENDPOINT_URL_SFN: states.endpoint,
    TABLE_NAME: substitutions.TableName,
    ARTIFACTS_BUCKET: buckets.artifacts,
    RELEASES_BUCKET: buckets.releases,
    PULL_SECRET_KEY_ARN: keyArn,
    IMAGE_TOKEN_KEY_ARN: macKeyArn,
    DISCONNECTED_TRANSITION_ARN: stateMachineArn('disconnected-transition'),
    PREPARE_MEDIA_ARN: prepareMediaArn,
    IGNITION_FUNCTION_NAME: 'ignition',
    CLUSTERS_PER_USER: '100000',
    INFRA_ENVS_PER_USER: '100000',
    COMPOSITIONS_PER_USER_AND_HOUR: '5000',
    AUTHENTICATION: 'iam',
    LINK_SECONDS: '3600',
    INSTALLER_IMAGE_DIR: join(folder, 'image'),
    INSTALLER_CACHE_DIR: join(folder, 'cache'),
    INSTALLER_CACHE_BYTES: '100000000',
    WORKSPACE_DIR: join(folder, 'workspaces'),
    INSTALLER_TIMEOUT_SECONDS: '60',
    // What is answered is looked at, not what is logged about it.
    POWERTOOLS_LOG_LEVEL: 'CRITICAL',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  await createTables(plain, [{ ...table, ref: substitutions.TableName }]);
  for (const Bucket of Object.values(buckets)) await objects.send(new CreateBucketCommand({ Bucket }));
  atEnd(async () => {
    plain.destroy();
    objects.destroy();
    await Promise.all([dynamoDb, s3, kms, lambda, states].map((server) => server.close()));
  });
  return { plain, objects };
};

type Item = Readonly<Record<string, unknown>>;

/** The api, downloads, ignition and iso functions as they are deployed, in this process, on the stand-ins. */
export const runningService = async (ignition: Handler) => {
  const { plain, objects } = await startAws({ ignition });
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
  const { handler: api } = await import('#functions/api/handler.ts');
  const { handler: downloads } = await import('#functions/downloads/handler.ts');

  const items = async (): Promise<Item[]> => {
    const found: Item[] = [];
    for await (const page of paginateScan({ client }, { TableName: substitutions.TableName, ConsistentRead: true })) {
      found.push(...(page.Items ?? []));
    }
    return found;
  };

  const keys = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const page of paginateListObjectsV2({ client: objects }, { Bucket: buckets.artifacts })) {
      found.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
    }
    return found;
  };

  return {
    functions: { api: api as Lambda, downloads: downloads as Lambda },
    table: { client, tableName: substitutions.TableName, clock: () => new Date() },
    objects,
    items,
    keys,
    uploads: async () =>
      (await objects.send(new ListMultipartUploadsCommand({ Bucket: buckets.artifacts }))).Uploads ?? [],
  };
};

export type RunningService = Awaited<ReturnType<typeof runningService>>;
