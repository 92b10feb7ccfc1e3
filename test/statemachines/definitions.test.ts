import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { initialStatus, transitions } from '#domain/cluster/transitions.ts';
import { errorNames, failure, isErrorName } from '#domain/errors.ts';
import { eventCatalogue, newEvent } from '#domain/event.ts';
import { statesOf } from '#emulators/step-functions/definition.ts';
import { machineNames, withRetries } from '#statemachines/definition.ts';
import { definitionOf, tasksOf } from './machines.ts';

type Retrier = NonNullable<(typeof tasks)[number]['task']['Retry']>[number];

const states = machineNames.flatMap((machine) =>
  statesOf(definitionOf(machine)).map(([name, state]) => ({ machine, name, state })),
);
const tasks = machineNames.flatMap((machine) => tasksOf(machine).map(([name, task]) => ({ machine, name, task })));

describe.each(machineNames)('the definition of %s', (machine) => {
  test('is valid Amazon States Language in JSONPath', () => {
    const { isValid, errorsText } = validate(definitionOf(machine), { checkArn: true, checkPaths: true });
    expect(isValid, errorsText()).toBe(true);
  });

  test('ends by itself within the time that a caller of it waits', () => {
    expect(definitionOf(machine).TimeoutSeconds).toBeLessThan(machine === 'disconnected-transition' ? 29 : 3600);
  });
});

describe('every state', () => {
  test.each(states)('$machine $name says what it does, and what happens when it does it twice or late', ({ state }) => {
    expect(state.Comment).toMatch(/\w{4}.*\./);
  });
});

/** Seconds that pass at least until a Retrier gives up: full jitter may make every wait of it none. */
const shortestWait = ({ IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, JitterStrategy }: Retrier): number =>
  JitterStrategy === 'FULL'
    ? 0
    : Array.from({ length: MaxAttempts }, (_, attempt) => IntervalSeconds * BackoffRate ** attempt).reduce(
        (a, b) => a + b,
        0,
      );

describe('every task', () => {
  test.each(tasks)('$machine $name has a time limit', ({ task }) => {
    expect(task.TimeoutSeconds).toBeGreaterThan(0);
  });

  test.each(tasks)('$machine $name is tried again, with full jitter, after errors that are named', ({ task }) => {
    const [first] = task.Retry ?? [];
    expect(first?.JitterStrategy).toBe('FULL');
    for (const { ErrorEquals } of task.Retry ?? []) {
      expect(ErrorEquals).not.toContain('States.ALL');
      expect(ErrorEquals).not.toContain('States.TaskFailed');
    }
  });

  const invoking = tasks.filter(({ task }) => task.Resource.endsWith(':lambda:invoke'));

  test.each(invoking)('$machine $name waits 2.5 minutes for a function that Lambda wakes up', ({ task }) => {
    const waking = ['CodeArtifactUserPendingException', 'ResourceConflictException', 'ResourceNotReadyException'];
    for (const error of waking) {
      const retrier = task.Retry?.find(({ ErrorEquals }) => ErrorEquals.includes(`Lambda.${error}`));
      expect(shortestWait(retrier ?? expect.fail(`${error} is not retried`))).toBeGreaterThanOrEqual(150);
    }
  });

  test.each(tasks)('$machine $name has a way on from any error', ({ task }) => {
    expect(task.Catch?.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
  });

  test.each(tasks)('$machine $name names an error of DynamoDB under both of its prefixes', ({ task }) => {
    const named = [...(task.Retry ?? []), ...(task.Catch ?? [])].map(({ ErrorEquals }) => ErrorEquals);
    const withPrefix = (prefix: string) =>
      named.map((errors) => errors.filter((error) => error.startsWith(`${prefix}.`)).length);
    expect(withPrefix('DynamoDB')).toEqual(withPrefix('DynamoDb'));
  });
});

const causeOf = (machine: (typeof machineNames)[number], name: string): unknown => {
  const state = definitionOf(machine).States[name];
  return state?.Type === 'Pass' ? state.Parameters : state;
};

describe('failures', () => {
  const fails = states.flatMap(({ machine, name, state }) => (state.Type === 'Fail' ? [{ machine, name, state }] : []));
  const named = fails.flatMap(({ state }) => (state.Error === undefined ? [] : [state.Error]));

  test('have names of the table of errors', () => {
    expect(named.filter((name) => !isErrorName(name))).toEqual([]);
  });

  test('of the transition are the ones that its caller knows, and no other', () => {
    const ofTransition = fails.filter(({ machine }) => machine === 'disconnected-transition');
    expect(ofTransition.map(({ state }) => state.Error).toSorted()).toEqual(
      ['ClusterGone', 'IllegalTransition', 'InternalError', 'RegistrationExpired'].toSorted(),
    );
  });

  test('of the ignition function keep their names: all of the table of errors but those of the others alone', () => {
    const ofOthers: readonly string[] = [
      'BaseIsoChanged',
      'CompositionPostponed',
      'IsoFailed',
      'IsoPending',
      'AgentNotConfigured',
      'AnswerTooLarge',
      'HostsNotSupported',
      'KernelArgumentsNotPossible',
      'KernelArgumentsTooLong',
      'NotAuthenticated',
      'NotInCatalogue',
      'QuotaReached',
      'ImageTokenOfAnother',
      'ObjectNotFound',
      'ImageNotFound',
      'BaseIsoMissing',
      'CredentialsMissing',
      'SiteNotSeparable',
      'ClusterNotFound',
      'ClusterDoesNotExist',
      'ManifestNotFound',
      'MediaBeingPrepared',
      'IgnitionFunctionNotReady',
      'SettingsCheckUnavailable',
      'ServiceBusy',
      'TransitionPending',
      'ClusterNotUpdatable',
      'RegistrationExpired',
      'StaleVersion',
      'NotImplemented',
      'GenerationPending',
    ];
    const generate = tasksOf('prepare-media').find(([name]) => name === 'GenerateIgnition')?.[1];
    const named = generate?.Catch?.find(({ Next }) => Next === 'GenerationFailed')?.ErrorEquals ?? [];
    expect(named.toSorted()).toEqual(errorNames.filter((name) => !ofOthers.includes(name)).toSorted());
    expect(definitionOf('prepare-media').States.GenerationFailed).toMatchObject({ ErrorPath: '$.error.Error' });
  });

  test('say what the table of errors says', () => {
    const ids = { id: '{}', status: '{}', to: transitions.MarkAsDisconnected.to };
    const text = (message: string, ...paths: string[]) => ({
      'cause.$': `States.Format('${message}', ${paths.join(', ')})`,
    });
    expect(causeOf('disconnected-transition', 'ExplainClusterGone')).toEqual(
      text(failure('ClusterGone', ids).message, '$.cluster_id'),
    );
    expect(causeOf('disconnected-transition', 'ExplainIllegalTransition')).toEqual(
      text(failure('IllegalTransition', ids).message, '$.cluster_id', '$.cluster.Item.status.S'),
    );
    expect(causeOf('disconnected-transition', 'ExplainRegistrationExpired')).toEqual(
      text(failure('RegistrationExpired', ids).message, '$.infra_env_id'),
    );
    expect(causeOf('prepare-media', 'InternalError')).toMatchObject({ Cause: failure('InternalError').message });
    expect(causeOf('disconnected-transition', 'InternalError')).toMatchObject({
      Cause: failure('InternalError').message,
    });
  });
});

describe('the transition', () => {
  const { from, to, statusInfo, event } = transitions.MarkAsDisconnected;
  const parameters = (name: string) =>
    tasksOf('disconnected-transition').find(([task]) => task === name)?.[1].Parameters;

  test('writes what the table of transitions says', () => {
    expect(parameters('MarkAsDisconnected')).toMatchObject({
      ExpressionAttributeValues: { ':from': { S: from }, ':to': { S: to }, ':statusInfo': { S: statusInfo } },
    });
  });

  test('is the only place that writes a status', () => {
    const writing = tasks.filter(({ task }) => /SET.*#status /.test(JSON.stringify(task.Parameters)));
    expect(writing.map(({ name }) => name)).toEqual(['MarkAsDisconnected']);
  });

  test('lets through, besides, the clusters that are disconnected already or born unmonitored', () => {
    const choice = definitionOf('disconnected-transition').States.DecideByCluster;
    const accepted =
      choice?.Type === 'Choice'
        ? choice.Choices.flatMap((rule) => ('StringEquals' in rule ? [rule.StringEquals] : []))
        : [];
    expect(accepted).toEqual([to, initialStatus.DisconnectedCluster.status]);
  });

  test('records the event of the catalogue', () => {
    const { name, severity, message } = newEvent(event, {
      id: '',
      now: new Date(0),
      properties: { cluster_status: to },
    });
    expect(parameters('RecordTransition')).toMatchObject({
      Item: { name: { S: name }, severity: { S: severity }, message: { S: message } },
    });
  });
});

describe('a generation that stopped without a word', () => {
  test.each(['RecordFailure', 'RecordFailureUnderCluster'])('%s writes the event of the catalogue', (state) => {
    const task = tasksOf('prepare-media').find(([name]) => name === state)?.[1];
    const { severity, message } = eventCatalogue.ignition_generation_failed;
    const reason = 'the generation stopped unexpectedly, the next download tries again';
    const text = message.replace('{revision}', '{}').replace('{error}', reason);
    expect(task?.Parameters).toMatchObject({
      Item: {
        name: { S: 'ignition_generation_failed' },
        severity: { S: severity },
        message: { 'S.$': `States.Format('${text}', $.revision)` },
      },
    });
  });
});

test('a kind of Retry that there is not is refused', () => {
  expect(() => withRetries('{"States":{"A":{"Retry":"sqs"}}}')).toThrow('there is no sqs in retries.ts');
});
