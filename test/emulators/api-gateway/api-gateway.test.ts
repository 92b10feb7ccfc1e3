import { Agent, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { httpFront } from '#emulators/api-gateway/api-gateway.ts';
import type { Authorize } from '#emulators/api-gateway/authorizer.ts';
import type { HttpEvent } from '#emulators/api-gateway/gateway-event.ts';
import { type Listening, listen } from '#emulators/http/listen.ts';
import type { Handler } from '#emulators/lambda/handler-run.ts';
import { invoke } from '#emulators/lambda/invoke.ts';
import { functionOf, neverAnswering } from '#test/local/functions.ts';

let front: Listening | undefined;

afterEach(async () => {
  await front?.close();
  front = undefined;
  vi.restoreAllMocks();
});

interface FrontUnderTest {
  readonly authorize?: Authorize;
  readonly integrationSeconds?: number;
  readonly pages?: readonly string[];
  readonly key?: string;
}

const serving = async (
  handler: Handler,
  { key = '$default', authorize, ...rest }: FrontUnderTest = {},
): Promise<string> => {
  const route = { key, target: functionOf(handler), ...(authorize === undefined ? {} : { authorize }) };
  front = await listen(httpFront({ routes: [route], ...rest }));
  return front.endpoint;
};

/** A handler that answers with the event that it got. */
const echo: Handler = (event) => ({ event });

const echoed = async (path: string, init: RequestInit = {}, options: FrontUnderTest = {}): Promise<HttpEvent> => {
  const response = await fetch((await serving(echo, options)) + path, init);
  const { event } = (await response.json()) as { event: HttpEvent };
  return event;
};

interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
}

const raw = (url: string, options: RequestOptions = {}): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, rawHeaders: response.rawHeaders }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });

describe('a request becomes an event of payload format 2.0', () => {
  test('with path and query as they were sent', async () => {
    const event = await echoed('/v2//clusters/?a=1&a=2&b=%20x');
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/v2//clusters/',
      rawQueryString: 'a=1&a=2&b=%20x',
      queryStringParameters: { a: '1,2', b: ' x' },
      requestContext: { http: { method: 'GET', path: '/v2//clusters/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' } },
    });
    expect(event.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(event.requestContext.time).toMatch(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/);
  });

  test('without what there is none of', async () => {
    const event = await echoed('/');
    for (const absent of ['body', 'cookies', 'queryStringParameters', 'pathParameters']) {
      expect(event).not.toHaveProperty(absent);
    }
    expect(event.isBase64Encoded).toBe(false);
  });

  test('with the variables of its route', async () => {
    const event = await echoed('/things/a%20b/c/d', {}, { key: 'ANY /things/{id}/{proxy+}' });
    expect(event.pathParameters).toEqual({ id: 'a b', proxy: 'c/d' });
    expect(event.routeKey).toBe('ANY /things/{id}/{proxy+}');
  });

  test('with header names in lower case and the cookies apart', async () => {
    const event = await echoed('/', { headers: { 'X-Some': 'Value', Cookie: 'a=1; b=2' } });
    expect(event.headers).toMatchObject({ 'x-some': 'Value' });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.cookies).toEqual(['a=1', 'b=2']);
  });

  test.each([
    ['application/json', '{"ü":1}', false],
    ['application/json; charset=utf-8', '{}', false],
    ['text/plain', 'text', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/octet-stream', '\u0000\u0001', true],
  ])('with a body of %s as text or in base64', async (type, body, isBase64Encoded) => {
    const event = await echoed('/', { method: 'POST', body, headers: { 'content-type': type } });
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe(body);
  });

  test('with the caller that its authorizer named', async () => {
    const authorize: Authorize = async ({ authorization: sub = '' }) => ({ jwt: { claims: { sub }, scopes: null } });
    const event = await echoed('/', { headers: { authorization: 'Bearer ada' } }, { authorize });
    expect(event.requestContext.authorizer?.jwt?.claims).toEqual({ sub: 'Bearer ada' });
  });

  test('with no caller where the route has no authorizer', async () => {
    const event = await echoed('/', { headers: { authorization: 'Bearer ada' } });
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  test('with the way that it came, whatever the client says of that', async () => {
    const event = await echoed('/', { headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' } });
    expect(event.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': new URL(front?.endpoint ?? '').port,
      'x-forwarded-proto': 'http',
    });
  });
});

describe('a result becomes the answer', () => {
  const answered = async (result: unknown, init: RequestInit = {}) => fetch(await serving(() => result), init);

  test('with its status, headers and cookies', async () => {
    const response = await answered(
      {
        statusCode: 302,
        headers: { Location: 'https://elsewhere.example/', 'X-Count': 3 },
        cookies: ['a=1', 'b=2; Path=/'],
        body: '{}',
      },
      { redirect: 'manual' },
    );
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('https://elsewhere.example/');
    expect(response.headers.get('x-count')).toBe('3');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2; Path=/']);
    expect(await response.text()).toBe('{}');
  });

  test('with the bytes behind base64', async () => {
    const bytes = Buffer.from([0, 255, 128]);
    const response = await answered({ statusCode: 200, body: bytes.toString('base64'), isBase64Encoded: true });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  test.each([
    [{ a: 1 }, '{"a":1}'],
    ['text', 'text'],
    [[1], '[1]'],
    [undefined, 'null'],
  ])('of 200 and JSON when it has no status: %j', async (result, body) => {
    const response = await answered(result);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(body);
  });

  test('without a body for 204', async () => {
    const { status, headers } = await raw(await serving(() => ({ statusCode: 204, body: 'lost' })));
    expect(status).toBe(204);
    expect(headers).not.toHaveProperty('content-length');
  });

  test('with the length but not the body for HEAD, which the function does get', async () => {
    const handler: Handler = (event) => ({
      statusCode: 200,
      headers: { 'x-method': (event as HttpEvent).requestContext.http.method, 'content-length': '99' },
      body: 'four',
    });
    const { headers } = await raw(await serving(handler), { method: 'HEAD' });
    expect(headers['x-method']).toBe('HEAD');
    expect(headers['content-length']).toBe('4');
  });

  test.each([
    { statusCode: 'x' },
    { statusCode: 42 },
    { statusCode: 200, body: { a: 1 } },
    { statusCode: 200, headers: { a: {} } },
  ])('of 500 when it is malformed: %j', async (result) => {
    const response = await answered(result);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });
});

describe('the gateway answers itself', () => {
  test('500 when the function throws, without its reason', async () => {
    vi.spyOn(console, 'error').mockReturnValue(undefined);
    const endpoint = await serving(() => {
      throw new Error('reason');
    });
    const response = await fetch(endpoint);
    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test('503 when the function takes longer than the gateway waits', async () => {
    const response = await fetch(await serving(neverAnswering, { integrationSeconds: 0.01 }));
    expect([response.status, await response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test('503 with when to come again, and runs nothing, while the function is busy for everyone', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const calls: unknown[] = [];
    const busy = functionOf(
      async (event) => {
        calls.push(event);
        await promise;
        return 'done';
      },
      { most: 1 },
    );
    const first = invoke(busy, '{}');
    front = await listen(httpFront({ routes: [{ key: '$default', target: busy }], integrationSeconds: 0.05 }));
    const response = await fetch(front.endpoint);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    resolve();
    await first;
    expect(calls).toEqual([{}]);
  });

  test.each([10 * 1024 * 1024 + 1, 6 * 1024 * 1024])(
    '413 for a body of %i bytes, on a connection that lives on',
    async (size) => {
      const endpoint = await serving(echo);
      const response = await fetch(endpoint, { method: 'POST', body: new Uint8Array(size) });
      expect(response.status).toBe(413);
      expect((await fetch(endpoint)).status).toBe(200);
    },
  );

  test('401 when its authorizer turns the caller away', async () => {
    const response = await fetch(await serving(echo, { authorize: async () => undefined }));
    expect([response.status, await response.text()]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('404 when no route takes the path', async () => {
    const response = await fetch(`${await serving(echo, { key: 'GET /a' })}/b`);
    expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
  });
});

test('a connection is kept for the next request', async () => {
  const endpoint = await serving((event) => ({ statusCode: 200, headers: { port: 'x' }, body: JSON.stringify(event) }));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const first = await raw(endpoint, { agent });
  expect(first.headers.connection).toBe('keep-alive');
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
  agent.destroy();
});

describe('the front', () => {
  const statusFor = async (host: string, pages?: readonly string[]) => {
    const url = await serving(echo, pages === undefined ? {} : { pages });
    return (await raw(url, { headers: { host } })).status;
  };

  test.each(['127.0.0.1:8090', 'localhost', 'host.containers.internal'])('goes by the name %s', async (host) => {
    expect(await statusFor(host)).toBe(200);
  });

  test('goes by the name of no stranger, who could point it here', async () => {
    expect(await statusFor('stranger.example:8090')).toBe(403);
    expect(await statusFor('stranger.example', ['https://ui.example'])).toBe(403);
  });

  test.each([['https://ui.example:8443'], ['*']])('goes by the names of allowed pages: %s', async (page) => {
    expect(await statusFor('ui.example:8443', [page])).toBe(200);
  });
});
