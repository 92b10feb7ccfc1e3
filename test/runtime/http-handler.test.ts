import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routes } from '#contract/route-table.ts';
import { failure } from '#domain/errors.ts';
import { admitByGateway } from '#runtime/admission.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import type { Operations } from '#runtime/operation.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { httpEvent, lambdaContext } from './events.ts';

const id = '5e2d4b1c-0f5a-4a3e-9c7b-1d2e3f4a5b6c';
const link = { url: 'https://s3.example.org/x', expires_at: '2026-01-02T03:04:05.000Z' };

const serve = (
  overrides: Partial<Operations<'Health' | 'PresignInfraEnvFile' | 'RegisterDisconnectedCluster'>> = {},
) => {
  const logger = memoryLogger();
  const handler = httpHandler({
    routes,
    logger,
    admit: admitByGateway,
    operations: {
      Health: async () => ({ body: { status: 'ok' as const } }),
      PresignInfraEnvFile: async () => ({ body: link, headers: { 'cache-control': 'no-store' } }),
      RegisterDisconnectedCluster: async () => {
        throw failure('StaleVersion', { id });
      },
      ...overrides,
    },
  });
  const call = async (event: unknown) => {
    const { statusCode, headers = {}, body } = await handler(event, lambdaContext());
    return { status: statusCode, headers, body: body === undefined ? undefined : JSON.parse(body), text: body };
  };
  return { call, logger };
};

const clusterBody = (fields: object) =>
  httpEvent({ method: 'POST', path: '/v2/clusters/disconnected', body: JSON.stringify(fields) });

describe('a service of AWS that is not available', () => {
  const saying = (httpStatusCode: number, name = 'Error') =>
    Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } });

  it.each([
    [503, 'SlowDown', 503],
    [429, 'TooManyRequestsException', 503],
    [400, 'ProvisionedThroughputExceededException', 503],
    [400, 'RequestLimitExceeded', 503],
    [400, 'ThrottlingException', 503],
    [400, 'ExecutionLimitExceeded', 503],
    [400, 'ValidationException', 500],
  ])('with a status of %i and the name %s makes a %i', async (given, name, status) => {
    const retryAfter = '5';
    const { call } = serve({ Health: () => Promise.reject(saying(given, name)) });
    const answer = await call(httpEvent({ path: '/health' }));
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, retryAfter]);
  });

  it('is logged by what it said, and without a trace', async () => {
    const refusal = { name: 'ServiceUnavailable', $fault: 'server', message: 'The disk of the data folder is full.' };
    const { call, logger } = serve({ Health: () => Promise.reject(Object.assign(saying(503), refusal)) });
    await call(httpEvent({ path: '/health' }));
    const fields = { error: 'ServiceUnavailable', reason: 'The disk of the data folder is full.' };
    expect(logger.lines.filter(({ level }) => level !== 'info')).toEqual([
      { level: 'warn', message: 'a service of AWS is not available', fields: expect.objectContaining(fields) },
    ]);
    expect(logger.lines[0]?.fields).not.toHaveProperty('at');
  });
});

describe('a request', () => {
  it.each(['/health', '/health/', '//health', '/api/assisted-install/health', '/api//assisted-install//health/'])(
    'to %s reaches its operation',
    async (path) => {
      const { call } = serve();
      expect(await call(httpEvent({ path }))).toMatchObject({ status: 200, body: { status: 'ok' } });
    },
  );

  it('gets JSON that ends in a newline, and what the operation says in headers', async () => {
    const { call } = serve();
    const answer = await call(
      httpEvent({ path: `/v2/infra-envs/${id}/downloads/files-presigned`, query: { file_name: 'discovery.ign' } }),
    );
    expect(answer).toMatchObject({ status: 200, body: link });
    expect(answer.text).toMatch(/\}\n$/);
    expect(answer.headers).toEqual({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  it('with spare slashes that API Gateway sent to the wrong function is redirected to the right path', async () => {
    const { call } = serve();
    const path = `/api/assisted-install/v2/infra-envs/${id}/downloads/files`;
    const answer = await call(
      httpEvent({ path: path.replace('/v2/', '/v2//'), query: { file_name: 'discovery.ign' } }),
    );
    expect(answer).toMatchObject({ status: 308, headers: { location: `${path}?file_name=discovery.ign` } });
  });

  it('never gets a field that the contract does not name', async () => {
    const { call } = serve({ Health: async () => ({ body: { status: 'ok' as const, pull_secret: 'hidden' } }) });
    expect((await call(httpEvent({}))).body).toEqual({ status: 'ok' });
  });
});

describe('a large answer', () => {
  const path = `/v2/infra-envs/${id}/downloads/files-presigned`;
  const holding = (text: string) => ({ ...link, url: `https://s3.example.org/${text}` });
  const large = (bytes: number) => holding('x'.repeat(bytes));
  const ask = async (content: number | string, encoding?: string) => {
    const logger = memoryLogger();
    const body = typeof content === 'string' ? holding(content) : large(content);
    const operations = { PresignInfraEnvFile: async () => ({ body }) };
    const handler = httpHandler({ routes, logger, admit: admitByGateway, operations });
    const headers = encoding === undefined ? {} : { 'Accept-Encoding': encoding };
    return handler(httpEvent({ path, query: { file_name: 'discovery.ign' }, headers }), lambdaContext());
  };

  it.each(['gzip', 'deflate, gzip;q=0.8', '*', 'br,gzip'])(
    'is compressed for a client that accepts %s',
    async (encoding) => {
      const { statusCode, headers, body = '', isBase64Encoded } = await ask(10_000, encoding);
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
      expect([statusCode, isBase64Encoded]).toEqual([200, true]);
      expect(JSON.parse(gunzipSync(Buffer.from(body, 'base64')).toString())).toEqual(large(10_000));
    },
  );

  it.each([undefined, 'identity', 'br', 'gzip;q=0'])('is not for one that accepts %s', async (encoding) => {
    const { headers, body = '', isBase64Encoded } = await ask(10_000, encoding);
    expect(headers).not.toHaveProperty('content-encoding');
    expect(isBase64Encoded).toBeUndefined();
    expect(JSON.parse(body)).toEqual(large(10_000));
  });

  it('that Lambda could not hand on is refused with the way to get it', async () => {
    const { statusCode, body = '' } = await ask(5_000_000);
    expect(statusCode).toBe(406);
    expect(JSON.parse(body).reason).toBe(
      'the answer takes 5 MiB: ask for it with Accept-Encoding: gzip (curl --compressed)',
    );
    expect((await ask(5_000_000, 'gzip')).statusCode).toBe(200);
  });

  it.each([
    ['quotation marks, which are escaped on their way', '"'.repeat(1_900_000), undefined, /MiB: ask for it with/],
    [
      'what cannot be compressed',
      randomBytes(4_800_000).toString('base64'),
      'gzip',
      /^the answer takes 7 MiB, too much/,
    ],
  ])('that is too large by %s is refused too', async (_, text, encoding, reason) => {
    const { statusCode, body = '' } = await ask(text, encoding);
    expect(statusCode).toBe(406);
    expect(JSON.parse(body).reason).toMatch(reason);
  });
});

describe('a request that is refused', () => {
  const path = `/v2/infra-envs/${id}/downloads/files-presigned`;

  it.each([
    ['an unknown path', httpEvent({ path: '/v2/nothing' }), 404, 'path /v2/nothing was not found'],
    ['a wrong method', httpEvent({ method: 'PUT' }), 405, 'method PUT is not allowed, but [GET] are'],
    ['HEAD', httpEvent({ method: 'HEAD' }), 405, 'method HEAD is not allowed, but [GET] are'],
    ['nobody', httpEvent({ path, userName: '' }), 401, 'unauthenticated for invalid credentials'],
    [
      'a malformed id',
      httpEvent({ path: '/v2/infra-envs/abc/downloads/files-presigned', query: { file_name: 'discovery.ign' } }),
      400,
      'infra_env_id in path must be of type uuid: "abc"',
    ],
    [
      'an id that is hexadecimal, whatever its version: it is looked up',
      httpEvent({
        path: '/v2/infra-envs/11111111-1111-1111-1111-111111111111/downloads/files-presigned',
        query: { file_name: 'x' },
      }),
      400,
      'file_name in query should be one of [discovery.ign ignition.img config.iso]',
    ],
    ['a missing parameter', httpEvent({ path }), 400, 'file_name in query is required'],
    [
      'a parameter outside its values',
      httpEvent({ path, query: { file_name: 'x' } }),
      400,
      'file_name in query should be one of [discovery.ign ignition.img config.iso]',
    ],
    [
      'no body',
      httpEvent({ method: 'POST', path: '/v2/clusters/disconnected' }),
      400,
      'newClusterParams in body is required',
    ],
    [
      'another media type',
      httpEvent({
        method: 'POST',
        path: '/v2/clusters/disconnected',
        body: '{}',
        headers: { 'content-type': 'text/plain' },
      }),
      400,
      'unsupported media type "text/plain", only [application/json] are allowed',
    ],
    [
      'an unknown field',
      clusterBody({ name: 'a', openshift_version: '4.20', nmae: 'b' }),
      400,
      'parsing newClusterParams body from "" failed, because json: unknown field "nmae"',
    ],
    [
      'a value of another type',
      clusterBody({ name: 7, openshift_version: '4.20' }),
      400,
      'parsing newClusterParams body from "" failed, because json: cannot unmarshal number into field name of type string',
    ],
    ['a missing field', clusterBody({ openshift_version: '4.20' }), 400, 'name in body is required'],
    [
      'a text that is too long',
      clusterBody({ name: 'n'.repeat(55), openshift_version: '4.20' }),
      400,
      'name in body should be at most 54 chars long',
    ],
  ])('for %s says so', async (_, event, status, message) => {
    const { call } = serve();
    expect(await call(event)).toMatchObject({ status, body: { code: status, message } });
  });

  it('for a wrong method names the right ones in Allow', async () => {
    const { call } = serve();
    expect((await call(httpEvent({ method: 'PUT', path: '/v2/clusters' }))).headers).toMatchObject({
      allow: 'GET,POST',
    });
  });

  it('for a body that is not JSON does not quote it', async () => {
    const { call } = serve();
    const answer = await call(
      httpEvent({ method: 'POST', path: '/v2/clusters/disconnected', body: '{"pull_secret":"canary"' }),
    );
    expect(answer).toMatchObject({
      status: 400,
      body: { message: 'parsing newClusterParams body from "" failed, because the text is not JSON' },
    });
  });

  it('by an operation has the body of the published API', async () => {
    const { call } = serve();
    const reason = `${id} was changed by another request at the same time: try again`;
    expect(await call(clusterBody({ name: 'a', openshift_version: '4.20' }))).toMatchObject({
      status: 409,
      headers: { 'retry-after': '5', 'cache-control': 'no-store' },
      body: { code: '409', href: '', id: 409, kind: 'Error', reason },
    });
  });

  it('by an accident says nothing of the inside, neither to the caller nor in the log', async () => {
    const { call, logger } = serve({
      Health: async () => {
        throw new SyntaxError('Unexpected token in "canary"');
      },
    });
    expect(await call(httpEvent({}))).toMatchObject({ status: 500, body: { reason: 'Internal server error' } });
    expect(JSON.stringify(logger.lines)).toContain('SyntaxError');
    expect(JSON.stringify(logger.lines)).not.toContain('canary');
  });
});

describe('the log', () => {
  it('has one line for a request, with neither path nor query nor headers nor body', async () => {
    const { call, logger } = serve();
    await call(
      httpEvent({
        path: `/v2/infra-envs/${id}/downloads/files-presigned`,
        query: { file_name: 'discovery.ign', api_key: 'canary' },
        headers: { authorization: 'canary', 'x-request-id': 'mine-1' },
      }),
    );
    const [line, ...more] = logger.lines;
    expect(more).toEqual([]);
    expect(line?.fields).toEqual({
      requestId: 'mine-1',
      operation: 'PresignInfraEnvFile',
      status: 200,
      milliseconds: expect.any(Number),
    });
  });

  it('takes no request id that could forge a line', async () => {
    const { call, logger } = serve();
    await call(httpEvent({ headers: { 'x-request-id': 'a\n{"level":"ERROR"}' } }));
    expect(logger.lines[0]?.fields).toMatchObject({ requestId: 'request-1' });
  });
});

describe('any event', () => {
  const wellFormed = ({ status, headers, body }: Awaited<ReturnType<ReturnType<typeof serve>['call']>>) => {
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
    // To the path that was meant, where the gateway would not find it.
    if (status === 308) expect(headers.location).toMatch(/^\/(?!\/)/);
    else expect(body).toBeTypeOf('object');
  };

  it('however malformed gets a well-formed answer', async () => {
    const { call } = serve();
    await fc.assert(fc.asyncProperty(fc.anything(), async (event) => wellFormed(await call(event))));
  });

  it('of the right outline with anything in its fields gets a well-formed answer', async () => {
    const { call } = serve();
    const event = fc.record(
      {
        version: fc.anything(),
        rawPath: fc.oneof(fc.webPath(), fc.constantFrom('/health', '/v2/clusters/disconnected'), fc.anything()),
        queryStringParameters: fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.anything()),
        headers: fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.anything()),
        body: fc.oneof(fc.json(), fc.string(), fc.anything()),
        isBase64Encoded: fc.oneof(fc.boolean(), fc.anything()),
        pathParameters: fc.anything(),
        requestContext: fc.record(
          {
            requestId: fc.oneof(fc.string(), fc.anything()),
            http: fc.record({ method: fc.oneof(fc.constantFrom('GET', 'POST', 'PATCH'), fc.anything()) }),
            authorizer: fc.oneof(fc.constant({ jwt: { claims: { username: 'ann' } } }), fc.anything()),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(fc.asyncProperty(event, async (generated) => wellFormed(await call(generated))));
  });
});
