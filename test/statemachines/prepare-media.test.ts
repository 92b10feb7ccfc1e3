import { describe, expect, test } from 'vitest';
import { failing, failingFirst, runMachine, succeeding, type Tasks } from './machines.ts';

const input = { infra_env_id: 'i1', revision: '3' };

const infraEnv = succeeding({ Item: { clusterId: { S: 'c1' }, expiresAt: { N: '1800000000' } } });

/** Where the release has no base ISO. */
const nothingToCompose = succeeding({ Payload: { compose: false } });

/** A function that stops without a word. */
const crashed: Tasks = {
  GenerateIgnition: failing('Runtime.ExitError'),
  PlanIso: nothingToCompose,
  ReadInfraEnv: infraEnv,
  RecordFailure: succeeding(),
  RecordFailureUnderCluster: succeeding(),
};

const reporting = ['GenerateIgnition', 'ReadInfraEnv', 'RecordFailure', 'RecordFailureUnderCluster'];
const conditionFailed = 'DynamoDB.ConditionalCheckFailedException';
const internal = { status: 'FAILED', error: 'InternalError', cause: 'Internal server error' };

const runWith = (tasks: Tasks) => runMachine('prepare-media', { ...crashed, ...tasks }, input);

describe('the generation ahead of the first download', () => {
  test.each([
    ['generated', { Payload: { key: 'infra-envs/i1/3/discovery.ign', superseded: false } }],
    ['superseded', { Payload: { superseded: true } }],
  ])('ends well when the revision was %s', async (_, result) => {
    const trace = await runWith({ GenerateIgnition: succeeding(result) });
    expect(trace.outcome).toEqual({ status: 'SUCCEEDED', output: '{}' });
    expect(trace.calls).toEqual(['GenerateIgnition', 'PlanIso']);
    expect(trace.parametersOf('GenerateIgnition')).toMatchObject({ Payload: { infra_env_id: 'i1', revision: 3 } });
  });

  test.each(['InstallerRefused', 'InstallerMissing', 'InstallerTimeout', 'NotFound', 'InternalError'])(
    'ends as %s when the function named that itself, without a second event',
    async (error) => {
      const trace = await runWith({ GenerateIgnition: failing(error) });
      expect(trace.outcome).toEqual({ status: 'FAILED', error, cause: `the cause of ${error}` });
      expect(trace.calls).toEqual(['GenerateIgnition']);
    },
  );

  test.each(['Runtime.ExitError', 'Sandbox.Timedout', 'States.Timeout', 'Lambda.Unknown', 'TypeError'])(
    'reports it under the infra-env and the cluster when the function stopped with %s',
    async (error) => {
      const trace = await runWith({ GenerateIgnition: failing(error) });
      expect(trace.outcome).toEqual(internal);
      expect(trace.calls).toEqual(reporting);
      const record = trace.parametersOf('RecordFailure');
      const copy = trace.parametersOf('RecordFailureUnderCluster');
      expect(record).toMatchObject({
        Item: {
          pk: { S: 'infra-env#i1' },
          id: { S: 'prepare-media-3' },
          clusterId: { S: 'c1' },
          infraEnvId: { S: 'i1' },
          expiresAt: { N: '1800000000' },
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      expect(copy).toMatchObject({ Item: { pk: { S: 'cluster#c1' }, id: { S: 'prepare-media-3' } } });
    },
  );

  test('has nobody to report to when the infra-env is gone', async () => {
    const trace = await runWith({ ReadInfraEnv: succeeding({}) });
    expect(trace.outcome).toEqual(internal);
    expect(trace.calls).toEqual(['GenerateIgnition', 'ReadInfraEnv']);
  });

  test('reports once when it is repeated', async () => {
    const trace = await runWith({
      RecordFailure: failing(conditionFailed),
      RecordFailureUnderCluster: failing(conditionFailed),
    });
    expect(trace.outcome).toEqual(internal);
    expect(trace.calls).toEqual(reporting);
  });
});

describe.each(reporting)('%s', (name) => {
  const error = name === 'GenerateIgnition' ? 'Lambda.ServiceException' : 'DynamoDb.ThrottlingException';
  const itself = crashed[name] ?? succeeding();

  test('is tried again after a transient error', async () => {
    const trace = await runWith({ [name]: failingFirst(3, error, itself) });
    expect(trace.calls.filter((call) => call === name)).toHaveLength(4);
    expect(trace.calls.at(-1)).toBe('RecordFailureUnderCluster');
  });

  test('is given up when the error stays', async () => {
    const trace = await runWith({ [name]: failing(error) });
    expect(trace.outcome).toEqual(internal);
    expect(trace.calls.filter((call) => call === name)).toHaveLength(4);
  });
});
