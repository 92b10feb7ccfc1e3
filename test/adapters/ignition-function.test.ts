import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, describe, expect, it } from 'vitest';
import { adminFilesReader, ignitionFunction, settingsJudge } from '#adapters/ignition-function.ts';
import { failure } from '#domain/errors.ts';
import { listen } from '#emulators/http/listen.ts';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import type { Handler } from '#emulators/lambda/handler-run.ts';
import { lambdaServer } from '#emulators/lambda/lambda-server.ts';
import { functionOf, neverAnswering } from '#test/local/functions.ts';

const functions = new Map<string, LocalFunction>();
const { endpoint, close } = await listen(lambdaServer(functions));
afterAll(close);

const access = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 };
const client = new LambdaClient({ ...access, endpoint });

/** The adapter in front of a function that does this. */
const judging = (handler: Handler) => {
  functions.set('ignition', functionOf(handler, { name: 'ignition' }));
  return settingsJudge({ client, functionName: 'ignition' });
};

describe('a function that Lambda has put aside', () => {
  const refusing = (name: string) => {
    const waking = new LambdaClient({ ...access, endpoint });
    waking.middlewareStack.add(() => () => Promise.reject(Object.assign(new Error('Pending'), { name })), {
      step: 'deserialize',
    });
    return { client: waking, functionName: 'ignition' };
  };

  it.each(['CodeArtifactUserPendingException', 'ResourceConflictException', 'ResourceNotReadyException'])(
    'is to be asked again in half a minute, whatever it is asked for: %s',
    async (name) => {
      const target = refusing(name);
      for (const ask of [
        () => ignitionFunction(target)({ infraEnvId: 'i', revision: 1, file: 'discovery.ign' }, 5_000),
        () => settingsJudge(target)({ networks: [''] }, 5_000),
        () => adminFilesReader(target)('i', 5_000),
      ]) {
        await expect(ask()).rejects.toMatchObject({
          name: 'IgnitionFunctionNotReady',
          status: 503,
          retryAfterSeconds: 30,
        });
      }
    },
  );
});

describe('asking the ignition function what nmstate and Ignition say', () => {
  it('hands over one document per host and the override, and brings back the faults', async () => {
    const events: unknown[] = [];
    const judge = judging((event) => {
      events.push(event);
      return { networks: [{ host: 1, reason: 'no bond mode' }], override: 'at $: no' };
    });
    const faults = { networks: [{ host: 1, reason: 'no bond mode' }], override: 'at $: no' };
    expect(await judge({ networks: ['a: 1', 'b: 2'], override: '{}' }, 5_000)).toEqual(faults);
    await judge({ networks: ['a: 1'] }, 5_000);
    expect(events).toEqual([
      {
        static_network_config: [{ network_yaml: 'a: 1' }, { network_yaml: 'b: 2' }],
        ignition_config_override: '{}',
      },
      { static_network_config: [{ network_yaml: 'a: 1' }] },
    ]);
  });

  it('throws what the function throws, under its name', async () => {
    const judge = judging(() => {
      throw failure('NetworkProgramMissing');
    });
    const { name, message } = failure('NetworkProgramMissing');
    await expect(judge({ networks: [''] }, 5_000)).rejects.toMatchObject({ name, message });
  });

  it('gives up when the time is up', async () => {
    const judge = judging(neverAnswering);
    await expect(judge({ networks: [''] }, 50)).rejects.toMatchObject({
      name: 'SettingsCheckUnavailable',
      message: expect.stringContaining('static_network_config'),
    });
    await expect(judge({ networks: [], override: '{}' }, 50)).rejects.toMatchObject({
      message: expect.stringContaining('ignition_config_override'),
    });
  });

  it.each<[string, Handler]>([
    ['ends without a word', () => undefined],
    ['answers something else', () => ({ key: 'infra-envs/1/discovery.ign', superseded: false })],
  ])('takes no answer of a function that %s for a judgement', async (_, handler) => {
    await expect(judging(handler)({ networks: [''] }, 5_000)).rejects.toThrow();
  });
});
