import { describe, expect, test } from 'vitest';
import { crash, failing, failingFirst, runMachine, succeeding, type Tasks, tasksOf } from './machines.ts';

const input = {
  cluster_id: 'c1',
  infra_env_id: 'i1',
  pull_secret_id: 'p1',
  revision: '1',
  now: '2030-01-01T00:00:00.000Z',
  event_expires_at: '1900000000',
  infra_env_expires_at: '1800000000',
};

const conditionFailed = 'DynamoDB.ConditionalCheckFailedException';
const throttled = 'DynamoDB.ProvisionedThroughputExceededException';

const cluster = (status: string, rest: object = {}) =>
  succeeding({ Item: { status: { S: status }, statusUpdatedAt: { S: '2029-12-31T00:00:00.000Z' }, ...rest } });
const infraEnv = (registration: string, rest: object = {}) =>
  succeeding({ Item: { registration: { S: registration }, ...rest } });

/** A cluster that is insufficient and an infra-env that is registering. */
const fresh: Tasks = {
  MarkAsDisconnected: succeeding({ Attributes: { statusUpdatedAt: { S: input.now } } }),
  ReadCluster: cluster('disconnected'),
  RecordTransition: succeeding(),
  KeepPullSecret: succeeding(),
  CompleteRegistration: succeeding(),
  ReadInfraEnv: infraEnv('registered'),
  StartPrepareMedia: succeeding({ ExecutionArn: 'arn' }),
};

const rest = ['RecordTransition', 'KeepPullSecret', 'CompleteRegistration', 'StartPrepareMedia'];
const registration = ['KeepPullSecret', 'CompleteRegistration', 'StartPrepareMedia'];

interface Case {
  readonly given: string;
  readonly tasks: Tasks;
  readonly calls: readonly string[];
}

const runWith = (tasks: Tasks) => runMachine('disconnected-transition', { ...fresh, ...tasks }, input);

describe('a registration succeeds', () => {
  const cases: readonly Case[] = [
    { given: 'a fresh cluster and infra-env', tasks: {}, calls: ['MarkAsDisconnected', ...rest] },
    {
      given: 'a cluster that another infra-env made disconnected',
      tasks: { MarkAsDisconnected: failing(conditionFailed) },
      calls: ['MarkAsDisconnected', 'ReadCluster', ...rest],
    },
    {
      given: 'a cluster that was born unmonitored',
      tasks: { MarkAsDisconnected: failing(conditionFailed), ReadCluster: cluster('unmonitored') },
      calls: ['MarkAsDisconnected', 'ReadCluster', ...registration],
    },
    {
      given: 'a transition that is recorded already',
      tasks: { RecordTransition: failing(conditionFailed) },
      calls: ['MarkAsDisconnected', ...rest],
    },
    {
      given: 'an infra-env that is registered already',
      tasks: { CompleteRegistration: failing(conditionFailed) },
      calls: ['MarkAsDisconnected', ...rest.slice(0, 3), 'ReadInfraEnv', 'StartPrepareMedia'],
    },
    {
      given: 'a registered infra-env whose pull secret was replaced',
      tasks: { KeepPullSecret: failing(conditionFailed) },
      calls: ['MarkAsDisconnected', 'RecordTransition', 'KeepPullSecret', 'ReadInfraEnv', 'StartPrepareMedia'],
    },
    {
      given: 'a generation that was started already',
      tasks: { StartPrepareMedia: failing('StepFunctions.ExecutionAlreadyExistsException') },
      calls: ['MarkAsDisconnected', ...rest],
    },
    {
      given: 'a generation that cannot be started',
      tasks: { StartPrepareMedia: failing('StepFunctions.AccessDeniedException') },
      calls: ['MarkAsDisconnected', ...rest],
    },
  ];

  test.each(cases)('given $given', async ({ tasks, calls }) => {
    const trace = await runWith(tasks);
    expect(trace.outcome).toEqual({ status: 'SUCCEEDED', output: '{}' });
    expect(trace.calls).toEqual(calls);
  });
});

describe('a registration is refused', () => {
  const gone = 'Cluster c1 of this infra-env is gone: delete the infra-env and register it again for another cluster';
  const expired = 'The registration of infra-env i1 expired before it was completed: register it again';
  const marked = { MarkAsDisconnected: failing(conditionFailed) };
  const uncompleted = { CompleteRegistration: failing(conditionFailed) };

  test.each([
    ['no cluster', { ...marked, ReadCluster: succeeding({}) }, 'ClusterGone', gone],
    [
      'a deleted cluster',
      { ...marked, ReadCluster: cluster('insufficient', { deletedAt: { S: 'x' } }) },
      'ClusterGone',
      gone,
    ],
    [
      'a deleted disconnected cluster',
      { ...marked, ReadCluster: cluster('disconnected', { deletedAt: { S: 'x' } }) },
      'ClusterGone',
      gone,
    ],
    [
      'a cluster that installs',
      { ...marked, ReadCluster: cluster('installing') },
      'IllegalTransition',
      'Cluster c1 is in installing state and cannot become disconnected',
    ],
    ['no infra-env any more', { ...uncompleted, ReadInfraEnv: succeeding({}) }, 'RegistrationExpired', expired],
    [
      'a cluster deleted meanwhile',
      { ...uncompleted, ReadInfraEnv: infraEnv('registering', { clusterDeletedAt: { S: 'x' } }) },
      'ClusterGone',
      gone,
    ],
    [
      'a registered infra-env whose cluster was deleted',
      { ...uncompleted, ReadInfraEnv: infraEnv('registered', { clusterDeletedAt: { S: 'x' } }) },
      'ClusterGone',
      gone,
    ],
    [
      'no pull secret any more',
      { KeepPullSecret: failing(conditionFailed), ReadInfraEnv: infraEnv('registering') },
      'RegistrationExpired',
      expired,
    ],
  ] as const)('given %s', async (_, tasks, error, cause) => {
    const { outcome, calls } = await runWith(tasks);
    expect(outcome).toEqual({ status: 'FAILED', error, cause });
    expect(calls).not.toContain('StartPrepareMedia');
  });
});

/** What makes the machine come to a task at all. */
const leadingTo: Readonly<Record<string, Tasks>> = {
  ReadCluster: { MarkAsDisconnected: failing(conditionFailed) },
  ReadInfraEnv: { CompleteRegistration: failing(conditionFailed) },
};
const transient: Readonly<Record<string, string>> = { StartPrepareMedia: 'StepFunctions.SdkClientException' };

describe.each(tasksOf('disconnected-transition').map(([name]) => name))('%s', (name) => {
  const given = leadingTo[name] ?? {};
  const error = transient[name] ?? throttled;
  const attempts = name === 'StartPrepareMedia' ? 3 : 4;
  const itself = fresh[name] ?? succeeding();

  test('is tried again after a transient error, and the registration succeeds', async () => {
    const trace = await runWith({ ...given, [name]: failingFirst(attempts - 1, error, itself) });
    expect(trace.outcome.status).toBe('SUCCEEDED');
    expect(trace.calls.filter((call) => call === name)).toHaveLength(attempts);
  });

  test('is given up when the error stays', async () => {
    const trace = await runWith({ ...given, [name]: failing(error) });
    expect(trace.calls.filter((call) => call === name)).toHaveLength(attempts);
    if (name === 'StartPrepareMedia') expect(trace.outcome.status).toBe('SUCCEEDED');
    else
      expect(trace.outcome).toMatchObject({ status: 'FAILED', error: 'InternalError', cause: 'Internal server error' });
  });

  test('is not tried again after an error that nobody named', async () => {
    const trace = await runWith({ ...given, [name]: failing('Unheard.Of') });
    expect(trace.calls.filter((call) => call === name)).toHaveLength(1);
    expect(trace.outcome.status).toBe(name === 'StartPrepareMedia' ? 'SUCCEEDED' : 'FAILED');
  });
});

test('a crash of the execution is no outcome of the workflow', async () => {
  const { outcome } = await runWith({ RecordTransition: crash });
  expect(outcome).toMatchObject({ status: 'FAILED', cause: 'crash' });
});
