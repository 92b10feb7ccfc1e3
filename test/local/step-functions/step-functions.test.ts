import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startDynamoDb } from '#local/dynamodb.ts';
import { type Listening, listen } from '#local/http/listen.ts';
import type { LocalFunction } from '#local/lambda/function.ts';
import { lambdaServer } from '#local/lambda/server.ts';
import type { StateMachineType } from '#local/step-functions/definition.ts';
import { stepFunctionsServer } from '#local/step-functions/server.ts';
import { stateMachineArn, stepFunctions } from '#local/step-functions/service.ts';
import { createTables } from '#local/tables.ts';
import { functionOf, neverAnswering } from '#test/local/functions.ts';
import { table } from '#test/local/table.ts';

const access = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 };

const functions = new Map<string, LocalFunction>();
const running: Listening[] = [];
let dynamoDb: DynamoDBClient;
let unreachable: DynamoDBClient;
let lambda: LambdaClient;

const started = async (service: Promise<Listening>): Promise<string> => {
  const listening = await service;
  running.push(listening);
  return listening.endpoint;
};

beforeAll(async () => {
  dynamoDb = new DynamoDBClient({ ...access, endpoint: await started(startDynamoDb()) });
  unreachable = new DynamoDBClient({ ...access, endpoint: 'http://127.0.0.1:1' });
  lambda = new LambdaClient({ ...access, endpoint: await started(listen(lambdaServer(functions))) });
  await createTables(dynamoDb, [table]);
});

afterAll(() => Promise.all(running.map(({ close }) => close())));

interface Machine {
  readonly definition: object;
  readonly type?: StateMachineType;
}

/** Step Functions with these state machines, behind its API. */
const serving = async (machines: Readonly<Record<string, Machine>>, database = dynamoDb): Promise<SFNClient> => {
  const sources = Object.entries(machines).map(([name, { definition, type = 'EXPRESS' }]) => ({
    name,
    type,
    definition: JSON.stringify(definition),
  }));
  const service = stepFunctions(sources, { dynamoDb: database, lambda, s3: new S3Client(access) });
  return new SFNClient({
    ...access,
    disableHostPrefix: true,
    endpoint: await started(listen(stepFunctionsServer(service))),
  });
};

const oneTask = (Resource: string, Parameters: object, rest: object = {}) => ({
  StartAt: 'Task',
  States: { Task: { Type: 'Task', Resource, Parameters, End: true, ...rest } },
});

const runSync = async (definition: object, input: object = {}, database = dynamoDb) => {
  const client = await serving({ machine: { definition } }, database);
  const execution = await client.send(
    new StartSyncExecutionCommand({ stateMachineArn: stateMachineArn('machine'), input: JSON.stringify(input) }),
  );
  return { ...execution, output: execution.output === undefined ? undefined : JSON.parse(execution.output) };
};

const doing = (operation: string, parameters: object = {}, integration = 'dynamodb') =>
  oneTask(`arn:aws:states:::${integration}:${operation}`, {
    TableName: table.ref,
    Key: { pk: { 'S.$': '$.id' }, sk: { S: 'x' } },
    ...parameters,
  });

const putting = (parameters: object = {}, integration = 'dynamodb') =>
  oneTask(`arn:aws:states:::${integration}:putItem`, {
    TableName: table.ref,
    Item: { pk: { 'S.$': '$.id' }, sk: { S: 'x' }, count: { N: '1' } },
    ...parameters,
  });

describe('a task on DynamoDB', () => {
  test('reads, writes, changes and deletes an item of the real table', async () => {
    const id = 'written';
    expect((await runSync(putting(), { id })).status).toBe('SUCCEEDED');
    const change = {
      UpdateExpression: 'ADD #c :one',
      ExpressionAttributeNames: { '#c': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    };
    expect((await runSync(doing('updateItem', change), { id })).output.Attributes).toEqual({ count: { N: '2' } });
    expect((await runSync(doing('getItem'), { id })).output.Item).toMatchObject({ count: { N: '2' } });
    expect((await runSync(doing('deleteItem'), { id })).status).toBe('SUCCEEDED');
    const Key = { pk: { S: id }, sk: { S: 'x' } };
    expect((await dynamoDb.send(new GetItemCommand({ TableName: table.ref, Key }))).Item).toBeUndefined();
  });

  test('gives the metadata of the call with the optimised integration alone', async () => {
    const optimised = (await runSync(doing('getItem'), { id: 'absent' })).output;
    expect(Object.keys(optimised).toSorted()).toEqual(['SdkHttpMetadata', 'SdkResponseMetadata']);
    expect(optimised.SdkHttpMetadata.HttpStatusCode).toBe(200);
    expect((await runSync(doing('getItem', {}, 'aws-sdk:dynamodb'), { id: 'absent' })).output).toEqual({});
  });

  test.each([
    ['dynamodb', 'DynamoDB.ConditionalCheckFailedException'],
    ['aws-sdk:dynamodb', 'DynamoDb.ConditionalCheckFailedException'],
  ])('by %s fails on a condition as %s', async (integration, error) => {
    const condition = { ConditionExpression: 'attribute_exists(pk)' };
    expect(await runSync(putting(condition, integration), { id: 'absent' })).toMatchObject({ status: 'FAILED', error });
  });

  test.each([
    ['dynamodb', 'DynamoDB.AmazonDynamoDBException'],
    ['aws-sdk:dynamodb', 'DynamoDb.DynamoDbException'],
  ])('by %s fails on what DynamoDB does not understand as %s', async (integration, error) => {
    expect(await runSync(putting({ ConditionExpression: '???' }, integration), { id: 'x' })).toMatchObject({ error });
  });

  test('fails as SdkClientException when DynamoDB cannot be reached', async () => {
    expect(await runSync(putting(), { id: 'x' }, unreachable)).toMatchObject({ error: 'DynamoDB.SdkClientException' });
  });

  test('fails as ResourceNotFoundException without its table', async () => {
    expect(await runSync(putting({ TableName: 'nowhere' }), { id: 'x' })).toMatchObject({
      error: 'DynamoDB.ResourceNotFoundException',
    });
  });
});

const invoking = (rest: object = {}) =>
  oneTask('arn:aws:states:::lambda:invoke', { FunctionName: 'greet', Payload: { 'name.$': '$.name' } }, rest);

describe('a task on a function', () => {
  test('gives its result as Payload, with the status of the call', async () => {
    functions.set(
      'greet',
      functionOf((event) => ({ event })),
    );
    const { output } = await runSync(invoking(), { name: 'ada' });
    expect(output).toMatchObject({ Payload: { event: { name: 'ada' } }, StatusCode: 200, ExecutedVersion: '$LATEST' });
  });

  test('fails under the name of what the function threw, with the whole answer as cause', async () => {
    functions.set(
      'greet',
      functionOf(() => {
        throw Object.assign(new Error('not here'), { name: 'InstallerMissing' });
      }),
    );
    const { error, cause } = await runSync(invoking(), { name: 'ada' });
    expect(error).toBe('InstallerMissing');
    expect(JSON.parse(cause ?? '')).toEqual({ errorType: 'InstallerMissing', errorMessage: 'not here' });
  });

  test('fails as Sandbox.Timedout when the function takes too long', async () => {
    functions.set('greet', functionOf(neverAnswering, { timeoutSeconds: 0.05 }));
    expect(await runSync(invoking(), { name: 'ada' })).toMatchObject({ error: 'Sandbox.Timedout' });
  });

  test('fails as States.Timeout when the task takes longer than it may, which a Catch may take', async () => {
    functions.set('greet', functionOf(neverAnswering, { timeoutSeconds: 2 }));
    const limited = invoking({
      TimeoutSeconds: 1,
      Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.error', Next: 'Late' }],
    });
    const definition = {
      ...limited,
      States: { ...limited.States, Late: { Type: 'Pass', OutputPath: '$.error.Error', End: true } },
    };
    expect((await runSync(definition, { name: 'ada' })).output).toBe('States.Timeout');
  });

  test('fails as Lambda.ResourceNotFoundException without the function', async () => {
    functions.delete('greet');
    expect(await runSync(invoking(), { name: 'ada' })).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
  });
});

/** A Standard state machine that waits for a function until the test lets it go. */
const gated = () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  functions.set(
    'gate',
    functionOf(() => promise, { name: 'gate' }),
  );
  const definition = oneTask(
    'arn:aws:states:::lambda:invoke',
    { FunctionName: 'gate', Payload: {} },
    { OutputPath: '$.Payload' },
  );
  return { machine: { definition, type: 'STANDARD' as const }, open: () => resolve('open') };
};

const start = (client: SFNClient, name: string, input = '{}') =>
  client.send(new StartExecutionCommand({ stateMachineArn: stateMachineArn('gated'), name, input }));

const describeIt = (client: SFNClient, executionArn: string | undefined) =>
  client.send(new DescribeExecutionCommand({ executionArn }));

const ended = (client: SFNClient, executionArn: string | undefined) =>
  vi.waitFor(async () => {
    const execution = await describeIt(client, executionArn);
    expect(execution.status).not.toBe('RUNNING');
    return execution;
  });

describe('a Standard execution', () => {
  test('is started, runs, and can be asked about', async () => {
    const { machine, open } = gated();
    const client = await serving({ gated: machine });
    const { executionArn, startDate } = await start(client, 'first', '{"a":1}');
    expect(executionArn).toBe('arn:aws:states:us-east-1:000000000000:execution:gated:first');
    expect(startDate).toBeInstanceOf(Date);
    expect(await describeIt(client, executionArn)).toMatchObject({
      status: 'RUNNING',
      name: 'first',
      input: '{"a":1}',
    });
    open();
    expect(await ended(client, executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"open"',
      stopDate: expect.any(Date),
    });
  });

  test('is the same execution when it is started again while it runs', async () => {
    const { machine, open } = gated();
    const client = await serving({ gated: machine });
    const [one, two] = [await start(client, 'same'), await start(client, 'same')];
    expect(two).toMatchObject({ executionArn: one.executionArn, startDate: one.startDate });
    open();
  });

  test('has its name taken for another input, and for every input once it has ended', async () => {
    const { machine, open } = gated();
    const client = await serving({ gated: machine });
    const { executionArn } = await start(client, 'taken');
    await expect(start(client, 'taken', '{"b":2}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    open();
    await ended(client, executionArn);
    await expect(start(client, 'taken')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  test('can be started by a task, which fails when the name is taken', async () => {
    const { machine, open } = gated();
    const starting = (name: string) =>
      oneTask('arn:aws:states:::states:startExecution', {
        StateMachineArn: stateMachineArn('gated'),
        Name: name,
        Input: { 'a.$': '$.a' },
      });
    const client = await serving({ gated: machine, starter: { definition: starting('by-task') } });
    const run = (a: number) =>
      client.send(
        new StartSyncExecutionCommand({ stateMachineArn: stateMachineArn('starter'), input: JSON.stringify({ a }) }),
      );
    const first = await run(1);
    const { ExecutionArn } = JSON.parse(first.output ?? '{}');
    expect(await describeIt(client, ExecutionArn)).toMatchObject({ input: '{"a":1}', status: 'RUNNING' });
    expect(await run(2)).toMatchObject({ status: 'FAILED', error: 'StepFunctions.ExecutionAlreadyExistsException' });
    open();
  });

  test('cannot be run synchronously', async () => {
    const { machine, open } = gated();
    const client = await serving({ gated: machine });
    const request = new StartSyncExecutionCommand({ stateMachineArn: stateMachineArn('gated') });
    await expect(client.send(request)).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
    open();
  });
});

describe('an Express execution', () => {
  const passing = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

  test('may have the name of another one', async () => {
    const client = await serving({ gated: { definition: passing } });
    const [one, two] = [await start(client, 'again'), await start(client, 'again')];
    expect(one.executionArn).not.toBe(two.executionArn);
  });

  test('that takes longer than the state machine allows has timed out', async () => {
    functions.set('greet', functionOf(neverAnswering, { timeoutSeconds: 2 }));
    expect(await runSync({ ...invoking(), TimeoutSeconds: 1 }, { name: 'a' })).toMatchObject({
      status: 'TIMED_OUT',
      error: 'States.Timeout',
    });
  });

  test('knows its own name and start', async () => {
    const Parameters = {
      'name.$': '$$.Execution.Name',
      'start.$': '$$.Execution.StartTime',
      'machine.$': '$$.StateMachine.Name',
    };
    const { output, name } = await runSync({ StartAt: 'A', States: { A: { Type: 'Pass', Parameters, End: true } } });
    expect(output).toEqual({ name, start: expect.stringMatching(/^\d{4}-.*Z$/), machine: 'machine' });
  });
});

describe('Step Functions refuses', () => {
  const passing = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

  test.each([
    ['a state machine that does not exist', { stateMachineArn: stateMachineArn('nobody') }, 'StateMachineDoesNotExist'],
    ['an execution name with a space', { stateMachineArn: stateMachineArn('machine'), name: 'a b' }, 'InvalidName'],
    ['input that is not JSON', { stateMachineArn: stateMachineArn('machine'), input: '{' }, 'InvalidExecutionInput'],
  ])('%s', async (_, request, name) => {
    const client = await serving({ machine: { definition: passing } });
    await expect(client.send(new StartExecutionCommand(request))).rejects.toMatchObject({ name });
  });

  test('to describe an execution that does not exist', async () => {
    const client = await serving({});
    await expect(describeIt(client, 'arn:nobody')).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  });

  test('to load a task on a service that it does not have', async () => {
    const definition = oneTask('arn:aws:states:::sqs:sendMessage', {});
    await expect(serving({ machine: { definition } })).rejects.toThrow(
      'state Task: the resource arn:aws:states:::sqs:sendMessage is not available here',
    );
  });
});
