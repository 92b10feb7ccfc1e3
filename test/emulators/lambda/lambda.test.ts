import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Listening, listen } from '#emulators/http/listen.ts';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import type { Handler } from '#emulators/lambda/handler-run.ts';
import { lambdaServer } from '#emulators/lambda/lambda-server.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { functionOf, neverAnswering } from '#test/local/functions.ts';
import { patience } from '#test/patience.ts';

const mebibyte = 1024 * 1024;

const functions = new Map<string, LocalFunction>();
let service: Listening;
let client: LambdaClient;

beforeAll(async () => {
  service = await listen(lambdaServer(functions));
  client = new LambdaClient({
    endpoint: service.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});

afterAll(() => service.close());

const has = (handler: Handler, rest: Partial<LocalFunction> = {}): void => {
  functions.set('greet', functionOf(handler, rest));
};

const invoke = async (payload?: unknown, FunctionName = 'greet') => {
  const answer = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }));
  const text = answer.Payload?.transformToString() ?? '';
  return {
    status: answer.StatusCode,
    error: answer.FunctionError,
    payload: text === '' ? undefined : JSON.parse(text),
  };
};

describe('a synchronous invocation', () => {
  test('gives the handler a copy of the event and the caller a copy of the result', async () => {
    has((event) => ({ event, missing: undefined }));
    expect(await invoke({ name: 'ada' })).toEqual({
      status: 200,
      error: undefined,
      payload: { event: { name: 'ada' } },
    });
  });

  test.each(['greet', 'greet:live', 'arn:aws:lambda:us-east-1:000000000000:function:greet'])(
    'finds it as %s',
    async (name) => {
      has(() => 'found');
      expect((await invoke({}, name)).payload).toBe('found');
    },
  );

  test('gives null for a handler that returns nothing', async () => {
    has(() => undefined);
    expect((await invoke({})).payload).toBeNull();
  });

  test('gives the handler its context', async () => {
    has((_, context) => ({ ...context, left: context.getRemainingTimeInMillis() }), {
      timeoutSeconds: 900,
      memoryMegabytes: 256,
    });
    const { payload } = await invoke({});
    expect(payload).toMatchObject({
      functionName: 'greet',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:greet',
    });
    expect(payload.awsRequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(payload.left).toBeGreaterThan(800_000);
    expect(payload.left).toBeLessThanOrEqual(900_000);
  });
});

describe('a failure of the function', () => {
  test('has the name of what was thrown and its message, and no stack trace', async () => {
    has(() => {
      throw Object.assign(new Error('not here'), { name: 'InstallerMissing' });
    });
    expect(await invoke({})).toEqual({
      status: 200,
      error: 'Unhandled',
      payload: { errorType: 'InstallerMissing', errorMessage: 'not here' },
    });
  });

  test('is a full disk when it leaves more in /tmp than may be there', async () => {
    const folder = await temporaryFolder();
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    await Promise.all([first, second].map((path) => mkdir(path)));
    const gone = join(folder, 'gone');
    has((bytes) => writeFile(join(second, 'left'), Buffer.alloc(Number(bytes))), {
      temporary: { folders: [first, second, gone], megabytes: 2 },
    });
    await writeFile(join(first, 'kept'), Buffer.alloc(mebibyte));
    expect(await invoke(mebibyte)).toMatchObject({ error: undefined, payload: null });
    expect(await invoke(mebibyte + 1)).toMatchObject({
      error: 'Unhandled',
      payload: {
        errorType: 'Error',
        errorMessage:
          'ENOSPC: no space left on device: /tmp of greet has 2 MiB, ' +
          `but ${first} holds 1 MiB, ${second} holds 2 MiB, ${gone} holds 0 MiB`,
      },
    });
  });

  test('is named by its type when no error was thrown', async () => {
    has(() => Promise.reject('reason'));
    expect((await invoke({})).payload).toEqual({ errorType: 'string', errorMessage: 'reason' });
  });

  test('is a timeout when it takes longer than it may', async () => {
    let context: Context | undefined;
    has(
      (_, given) => {
        context = given;
        return neverAnswering(_, given);
      },
      { timeoutSeconds: 0.05 },
    );
    const { error, payload } = await invoke({});
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(payload.errorMessage).toContain('Task timed out after 0.05 seconds');
    expect(context?.getRemainingTimeInMillis()).toBe(0);
  });

  test('is the size of its answer above 6 MB', async () => {
    has(() => 'x'.repeat(6 * 1024 * 1024));
    expect((await invoke({})).payload).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });
});

test('an asynchronous invocation is answered at once and its failure is reported', async () => {
  const reported = vi.spyOn(console, 'error').mockReturnValue(undefined);
  const { promise, reject } = Promise.withResolvers<never>();
  has(() => promise);
  const answer = await client.send(
    new InvokeCommand({ FunctionName: 'greet', InvocationType: 'Event', Payload: '{}' }),
  );
  expect(answer.StatusCode).toBe(202);
  reject(new Error('later'));
  await vi.waitFor(
    () => expect(reported).toHaveBeenCalledWith('greet failed:', { errorType: 'Error', errorMessage: 'later' }),
    patience,
  );
  reported.mockRestore();
});

describe('Lambda itself refuses', () => {
  test('a function that does not exist', async () => {
    await expect(invoke({}, 'nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('a payload that is not JSON', async () => {
    has(() => 'called');
    await expect(client.send(new InvokeCommand({ FunctionName: 'greet', Payload: '{' }))).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
  });

  test('a payload above 6 MB', async () => {
    has(() => 'called');
    await expect(invoke('x'.repeat(6 * 1024 * 1024))).rejects.toMatchObject({ name: 'RequestTooLargeException' });
  });

  test.each(['/2015-03-31/functions/%E0%A4%A/invocations', '/elsewhere'])('the path %s', async (path) => {
    const response = await fetch(service.endpoint + path, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });
});
