import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, expect, it } from 'vitest';
import { runningMedia, stateMachines } from '#adapters/workflow-starter.ts';
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

/** A machine whose one step lasts until it is let go on. */
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

const startMachines = async () => {
  const { promise: generated, resolve: letGoOn, reject: giveUp } = Promise.withResolvers<object>();
  // It may be given up before anybody waits for it.
  generated.catch(() => undefined);
  const functions = new Map([['generate', functionOf(() => generated, { name: 'generate' })]]);
  const machines = [
    { name: 'prepare-media', type: 'STANDARD', definition },
    { name: 'disconnected-transition', type: 'EXPRESS', definition },
  ] as const;
  const clients = {
    dynamoDb: new DynamoDBClient(access),
    lambda: new LambdaClient({ ...access, endpoint: await started(listen(lambdaServer(functions))) }),
    s3: new S3Client(access),
  };
  const service = stepFunctions(machines, () => ({ clients }));
  const endpoint = await started(listen(stepFunctionsServer(service)));
  const client = new SFNClient({ ...access, disableHostPrefix: true, endpoint });
  const prepareMediaArn = stateMachineArn('prepare-media');
  const workflows = stateMachines({
    client,
    disconnectedTransitionArn: stateMachineArn('disconnected-transition'),
    prepareMediaArn,
    clock: () => new Date(),
  });
  return { service, letGoOn, giveUp, ...workflows, ...runningMedia({ client, prepareMediaArn }) };
};

const request = { infraEnvId: '22222222-2222-4222-8222-222222222222', revision: 3 };

it('prepare-media runs for a revision from its start to its end, and for no other', async () => {
  const { service, letGoOn, prepareMedia, mediaRun } = await startMachines();

  expect(await mediaRun(request)).toBeUndefined();
  await prepareMedia(request);
  expect(await mediaRun(request)).toEqual({ isRunning: true });
  expect(await mediaRun({ ...request, revision: 4 })).toBeUndefined();
  expect(await mediaRun({ ...request, attempt: 1 })).toBeUndefined();
  letGoOn({});
  await service.idle();
  expect(await mediaRun(request)).toEqual({ isRunning: false });
});

it('an attempt that has failed says when', async () => {
  const { service, giveUp, prepareMedia, mediaRun } = await startMachines();
  await prepareMedia({ ...request, attempt: 1 });
  giveUp(new Error('broken'));
  await service.idle();
  expect(await mediaRun({ ...request, attempt: 1 })).toEqual({ isRunning: false, failedAt: expect.any(Date) });
});

it('an attempt that is started twice is one', async () => {
  const { service, letGoOn, prepareMedia, oldestStart } = await startMachines();
  await Promise.all([1, 2, 3].map(() => prepareMedia({ ...request, attempt: 1 })));
  letGoOn({});
  await service.idle();
  await prepareMedia({ ...request, attempt: 1 });
  expect(await oldestStart()).toBeUndefined();
});

it('the oldest preparation is the one that runs longest', async () => {
  const { service, letGoOn, prepareMedia, oldestStart } = await startMachines();
  expect(await oldestStart()).toBeUndefined();
  const before = Date.now();
  await prepareMedia(request);
  const first = await oldestStart();
  expect(first?.getTime()).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000);
  await prepareMedia({ ...request, revision: 4 });
  expect(await oldestStart()).toEqual(first);
  letGoOn({});
  await service.idle();
  expect(await oldestStart()).toBeUndefined();
});

it('a transition that outlasts its caller is pending, and no failure', async () => {
  const { service, letGoOn, markAsDisconnected } = await startMachines();
  const transition = { ...request, clusterId: '11111111-1111-4111-8111-111111111111', pullSecretId: 'p', expiresAt: 1 };
  await expect(markAsDisconnected(transition, 300)).rejects.toMatchObject({ name: 'TransitionPending', status: 503 });
  letGoOn({});
  await service.idle();
});
