import {
  DescribeExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test, vi } from 'vitest';
import { stateMachineArn } from '#emulators/step-functions/step-functions.ts';
import { functionOf, neverAnswering } from '#test/local/functions.ts';
import { patience } from '#test/patience.ts';
import { invoking, oneTask, runningStepFunctions } from './running-step-functions.ts';

const { functions, serving, runSync } = await runningStepFunctions();

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
  }, patience);

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
