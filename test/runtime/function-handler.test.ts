import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { failure, ServiceError } from '#domain/errors.ts';
import { ignitionRequest } from '#functions/ignition/ignition-request.ts';
import { functionHandler } from '#runtime/function-handler.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { lambdaContext } from './events.ts';

const serve = (run: () => Promise<unknown>) => {
  const logger = memoryLogger();
  const handler = functionHandler({ name: 'a-function', schema: z.object({ id: z.string() }), run, logger });
  return { logger, call: (event: unknown) => handler(event, lambdaContext()) };
};

describe('a function that is no HTTP function', () => {
  it('answers what its use-case answers', async () => {
    const { call, logger } = serve(async () => ({ done: true }));
    expect(await call({ id: 'x' })).toEqual({ done: true });
    expect(logger.lines.map(({ message }) => message)).toEqual(['invocation']);
  });

  it('throws an expected failure as it is: Lambda reports its name', async () => {
    const { call } = serve(() => Promise.reject(failure('NotFound')));
    await expect(call({ id: 'x' })).rejects.toMatchObject({ name: 'NotFound', message: 'record not found' });
  });

  it('makes anything else an InternalError, whose cause is in neither error nor log', async () => {
    const { call, logger } = serve(() => Promise.reject(new Error('canary')));
    await expect(call({ id: 'x' })).rejects.toMatchObject({ name: 'InternalError', message: 'Internal server error' });
    expect(JSON.stringify(logger.lines)).not.toContain('canary');
  });

  it('says of a service of AWS that it is not available, for who invokes to try again', async () => {
    const throttled = { name: 'ThrottlingException', $fault: 'client', $metadata: { httpStatusCode: 400 } };
    const { call, logger } = serve(() => Promise.reject(Object.assign(new Error('Rate exceeded'), throttled)));
    await expect(call({ id: 'x' })).rejects.toMatchObject({ name: 'StorageUnavailable' });
    expect(logger.lines).toMatchObject([
      { level: 'warn', fields: { error: 'ThrottlingException', reason: 'Rate exceeded' } },
      { message: 'invocation', fields: { outcome: 'StorageUnavailable' } },
    ]);
  });

  it('refuses any malformed event by name', async () => {
    const { call } = serve(async () => 'not reached');
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (event) => {
        const error: unknown = await call(event).catch((reason: unknown) => reason);
        if (error === 'not reached') return;
        expect(error).toBeInstanceOf(ServiceError);
        expect(error).toMatchObject({ name: 'InvalidInput' });
      }),
    );
  });
});

describe('the request of the ignition function', () => {
  it.each([3, '3'])('has a revision that may be %j', (revision) => {
    const request = { infra_env_id: '5e2d4b1c-0f5a-4a3e-9c7b-1d2e3f4a5b6c', revision };
    expect(ignitionRequest.parse(request)).toMatchObject({ ...request, revision: 3 });
  });

  it.each([0, -1, 1.5, 'x', '', null])('has none that is %j', (revision) => {
    const request = { infra_env_id: '5e2d4b1c-0f5a-4a3e-9c7b-1d2e3f4a5b6c', revision };
    expect(ignitionRequest.safeParse(request).success).toBe(false);
  });
});
