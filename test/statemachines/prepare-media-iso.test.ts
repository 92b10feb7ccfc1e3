import { describe, expect, test } from 'vitest';
import { run } from '#emulators/step-functions/run-definition.ts';
import { definitionOf, failing, failingFirst, runMachine, succeeding, type Task, type Tasks } from './machines.ts';

const input = { infra_env_id: 'i1', revision: '3' };

const plan = {
  compose: true,
  key: 'isos/i1/abc.iso',
  base_key: 'isos/4.20.3/base.iso',
  base_etag: '"base"',
  copies: [
    { number: 1, range: 'bytes=0-67108863' },
    { number: 3, range: 'bytes=72351744-139460607' },
  ],
};

const payload = (Payload: object): Task => succeeding({ Payload });

const composing: Tasks = {
  GenerateIgnition: payload({ superseded: false }),
  PlanIso: payload(plan),
  CreateUpload: succeeding({ UploadId: 'u1', Bucket: 'b', Key: plan.key }),
  UploadPatchedParts: payload({ superseded: false }),
  CopyPart: succeeding({ CopyPartResult: { ETag: '"part"' } }),
  CompleteIso: payload({ superseded: false }),
  AbortUpload: succeeding(),
  ReportIsoFailure: payload({ error: 'BaseIsoChanged', cause: 'the base ISO is another one' }),
};

const beginning = ['GenerateIgnition', 'PlanIso', 'CreateUpload', 'UploadPatchedParts'];
const copies = ['CopyPart', 'CopyPart'];

const runWith = (tasks: Tasks = {}) => runMachine('prepare-media', { ...composing, ...tasks }, input);

describe('the composition of an ISO', () => {
  test('uploads what is patched, copies the rest from the very object that was planned with, and completes', async () => {
    const trace = await runWith();
    expect(trace.outcome).toEqual({ status: 'SUCCEEDED', output: '{}' });
    expect(trace.calls).toEqual([...beginning, ...copies, 'CompleteIso']);
    expect(trace.parametersOf('CopyPart')).toEqual({
      Bucket: 'ove-ignition-artifacts',
      Key: plan.key,
      UploadId: 'u1',
      PartNumber: 1,
      CopySource: 'ove-ignition-releases/isos/4.20.3/base.iso',
      CopySourceRange: 'bytes=0-67108863',
      CopySourceIfMatch: '"base"',
    });
    const step = { infra_env_id: 'i1', revision: 3, upload_id: 'u1', base_key: plan.base_key };
    expect(trace.parametersOf('UploadPatchedParts')).toMatchObject({ Payload: { step: 'upload', ...step } });
    expect(trace.parametersOf('CompleteIso')).toMatchObject({ Payload: { step: 'complete', ...step } });
  });

  test('is left out where the plan says so', async () => {
    const trace = await runWith({ PlanIso: payload({ compose: false }) });
    expect(trace.outcome.status).toBe('SUCCEEDED');
    expect(trace.calls).toEqual(['GenerateIgnition', 'PlanIso']);
  });

  test.each([
    ['UploadPatchedParts', beginning],
    ['CompleteIso', [...beginning, ...copies, 'CompleteIso']],
  ])('gives its upload up, without a failure, when %s finds the revision superseded', async (name, calls) => {
    const trace = await runWith({ [name]: payload({ superseded: true }) });
    expect(trace.outcome.status).toBe('SUCCEEDED');
    expect(trace.calls).toEqual([...calls, 'AbortUpload']);
    expect(trace.parametersOf('AbortUpload')).toMatchObject({ Key: plan.key, UploadId: 'u1' });
  });
});

describe('the largest composition', () => {
  /** Of what a state is given and of what it results in, also where the result is discarded. */
  const mostBytes = 256 * 1024;
  const range = 'bytes=4398046511103-4398113619967';
  const copyOf = (number: number) => ({ number, range });
  const largestPlan = {
    ...plan,
    key: `isos/${'i'.repeat(36)}/${'0'.repeat(64)}.iso`,
    copies: Array.from({ length: 1000 }, (_, index) => copyOf(index + 1)),
  };

  test('is handed from state to state', () => {
    const state = { ...input, iso: { plan: largestPlan }, upload: { id: 'u'.repeat(300) } };
    expect(JSON.stringify(state).length).toBeLessThan(mostBytes);
  });

  test('results in what the Map may result in: the outputs of all copies together', async () => {
    const { States } = definitionOf('prepare-media');
    const { ItemProcessor } = States.CopyParts?.Type === 'Map' ? States.CopyParts : expect.fail('no Map');
    const { key, base_key, base_etag } = largestPlan;
    const outcome = await run({
      definition: ItemProcessor ?? expect.fail('no processor'),
      handlers: { CopyPart: succeeding({ CopyPartResult: { ETag: '"part"' } }) },
      input: { key, base_key, base_etag, upload_id: 'u'.repeat(300), ...copyOf(1000) },
      context: {},
    });
    const { output } = outcome.status === 'SUCCEEDED' ? outcome : expect.fail(outcome.error);
    expect((output.length + 1) * largestPlan.copies.length).toBeLessThan(mostBytes);
  });
});

const failed = { status: 'FAILED', error: 'BaseIsoChanged', cause: 'the base ISO is another one' };

describe('a composition that fails', () => {
  test.each(['PlanIso', 'CreateUpload'])('in %s has no upload to give up, and is reported', async (name) => {
    const trace = await runWith({ [name]: failing('Runtime.ExitError') });
    expect(trace.outcome).toEqual(failed);
    expect(trace.calls.slice(-2)).toEqual([name, 'ReportIsoFailure']);
    expect(trace.parametersOf('ReportIsoFailure')).toMatchObject({
      Payload: { step: 'fail', error: 'Runtime.ExitError', cause: 'the cause of Runtime.ExitError' },
    });
  });

  test.each(['UploadPatchedParts', 'CopyPart', 'CompleteIso'])(
    'in %s gives its upload up, and is reported by the name of the error',
    async (name) => {
      const trace = await runWith({ [name]: failing('S3.NoSuchKeyException') });
      expect(trace.outcome).toEqual(failed);
      expect(trace.calls.slice(-2)).toEqual(['AbortUpload', 'ReportIsoFailure']);
      expect(trace.parametersOf('ReportIsoFailure')).toMatchObject({ Payload: { error: 'S3.NoSuchKeyException' } });
    },
  );

  test('is reported also when its upload cannot be given up', async () => {
    const trace = await runWith({ CopyPart: failing('S3.NoSuchKeyException'), AbortUpload: failing('S3.Denied') });
    expect(trace.outcome).toEqual(failed);
    expect(trace.parametersOf('ReportIsoFailure')).toMatchObject({ Payload: { error: 'S3.NoSuchKeyException' } });
  });

  test('ends as InternalError when not even that can be reported', async () => {
    const trace = await runWith({
      PlanIso: failing('Runtime.ExitError'),
      ReportIsoFailure: failing('Runtime.ExitError'),
    });
    expect(trace.outcome).toMatchObject({ status: 'FAILED', error: 'InternalError' });
  });
});

describe.each([
  ['CreateUpload', 'S3.S3Exception', 5],
  ['CopyPart', 'S3.SdkClientException', 5],
  ['AbortUpload', 'S3.S3Exception', 5],
  ['PlanIso', 'Lambda.TooManyRequestsException', 8],
  ['UploadPatchedParts', 'Lambda.ServiceException', 3],
  ['CompleteIso', 'Lambda.ServiceException', 3],
  ['ReportIsoFailure', 'Lambda.ServiceException', 3],
  ['PlanIso', 'Lambda.CodeArtifactUserPendingException', 18],
  ['CompleteIso', 'Lambda.ResourceConflictException', 18],
  ['UploadPatchedParts', 'StorageUnavailable', 3],
  ['CompleteIso', 'StorageUnavailable', 3],
])('%s', (name, error, tries) => {
  test(`is tried ${tries} times more after ${error}`, async () => {
    const isOfFailures = name === 'AbortUpload' || name === 'ReportIsoFailure';
    const cause = isOfFailures ? { CompleteIso: failing('Runtime.ExitError') } : {};
    const trace = await runWith({ ...cause, [name]: failingFirst(tries, error, composing[name] ?? succeeding()) });
    const once = name === 'CopyPart' ? plan.copies.length : 1;
    expect(trace.calls.filter((call) => call === name)).toHaveLength(tries + once);
    expect(trace.outcome.status).toBe(isOfFailures ? 'FAILED' : 'SUCCEEDED');
  });
});
