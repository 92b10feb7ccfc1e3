import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, expect, it } from 'vitest';
import { stateMachines } from '#adapters/workflow-starter.ts';
import { type Listening, listen } from '#emulators/http/listen.ts';
import { lambdaServer } from '#emulators/lambda/lambda-server.ts';
import { stateMachineArn, stepFunctions } from '#emulators/step-functions/step-functions.ts';
import { stepFunctionsServer } from '#emulators/step-functions/step-functions-server.ts';
import { functionOf } from '#test/local/functions.ts';

const access = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 };

const running: Listening[] = [];
const started = async (service: Promise<Listening>): Promise<string> => {
  const listening = await service;
  running.push(listening);
  return listening.endpoint;
};
afterAll(() => Promise.all(running.map(({ close }) => close())));

/** A prepare-media whose one step lasts until it is let go on. */
const definition = JSON.stringify({
  StartAt: 'Generate',
  States: {
    Generate: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'generate' },
      End: true,
    },
  },
});

it('prepare-media runs for a revision from its start to its end, and for no other', async () => {
  const { promise: generated, resolve: letGoOn } = Promise.withResolvers<object>();
  const functions = new Map([['generate', functionOf(() => generated, { name: 'generate' })]]);
  const service = stepFunctions([{ name: 'prepare-media', type: 'STANDARD', definition }], {
    dynamoDb: new DynamoDBClient(access),
    lambda: new LambdaClient({ ...access, endpoint: await started(listen(lambdaServer(functions))) }),
    s3: new S3Client(access),
  });
  const arn = stateMachineArn('prepare-media');
  const { prepareMedia, isPreparing } = stateMachines({
    client: new SFNClient({ ...access, endpoint: await started(listen(stepFunctionsServer(service))) }),
    disconnectedTransitionArn: arn,
    prepareMediaArn: arn,
    clock: () => new Date(),
  });
  const request = { infraEnvId: '22222222-2222-4222-8222-222222222222', revision: 3 };

  expect(await isPreparing(request)).toBe(false);
  await prepareMedia(request);
  expect(await isPreparing(request)).toBe(true);
  expect(await isPreparing({ ...request, revision: 4 })).toBe(false);
  letGoOn({});
  await service.idle();
  expect(await isPreparing(request)).toBe(false);
});
