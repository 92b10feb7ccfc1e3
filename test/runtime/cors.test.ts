import { describe, expect, it } from 'vitest';
import { routes } from '#contract/route-table.ts';
import { admitByGateway } from '#runtime/admission.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { httpEvent, lambdaContext } from './events.ts';

const origin = 'https://ui.example';
const image = '/images/byid/22222222-2222-4222-8222-222222222222/4.20.0/x86_64/disconnected.iso';
const text = 'x'.repeat(10_000);

const serve = (allowedDomains?: readonly string[]) => {
  const handler = httpHandler({
    routes,
    admit: admitByGateway,
    allowedDomains,
    logger: memoryLogger(),
    operations: {
      Health: async () => ({ body: { status: 'ok' as const } }),
      GetDocumentation: async () => ({ content: text }),
      DownloadImage: async () => ({ body: { url: 'https://s3.example/x', expires_at: '2026-03-01T00:00:00.000Z' } }),
    },
  });
  return async (call: Parameters<typeof httpEvent>[0]) => handler(httpEvent(call), lambdaContext());
};

const preflight = {
  method: 'OPTIONS',
  userName: '',
  headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' },
};

const permission = {
  'access-control-allow-origin': origin,
  'access-control-expose-headers':
    'Severity-Count-Info, Severity-Count-Warning, Severity-Count-Error, Severity-Count-Critical, Event-Count',
};

describe('a page of an allowed origin', () => {
  const call = serve(['https://other.example', origin]);

  it.each(['/health', '/v2/clusters', '/nothing/of/that/name'])(
    'is told that it may call %s, as nobody',
    async (path) => {
      expect(await call({ ...preflight, path })).toEqual({
        statusCode: 204,
        headers: {
          ...permission,
          'access-control-allow-methods': 'DELETE, GET, PATCH, POST, PUT, HEAD, OPTIONS',
          'access-control-allow-headers': 'Authorization, Content-Type, Image-Token, X-Request-ID',
          'access-control-max-age': '600',
          vary: 'origin',
        },
      });
    },
  );

  it.each([
    ['an answer', { path: '/health' }, 200],
    ['a refusal', { path: '/v2/nothing' }, 404],
  ])('may read %s', async (_, asked, status) => {
    const { statusCode, headers } = await call({ ...asked, headers: { Origin: origin } });
    expect([statusCode, headers]).toEqual([status, expect.objectContaining(permission)]);
  });

  it('gets an answer that is compressed for it alone', async () => {
    const { headers } = await call({ path: '/docs', headers: { Origin: origin, 'Accept-Encoding': 'gzip' } });
    expect(headers).toMatchObject({ ...permission, 'content-encoding': 'gzip', vary: 'accept-encoding, origin' });
  });

  it('may not read an image, nor is it told that it may', async () => {
    const answer = await call({ path: image, headers: { Origin: origin } });
    expect(answer.statusCode).toBe(302);
    expect(Object.keys(answer.headers ?? {})).toEqual(['content-type']);
    const asked = await call({ ...preflight, path: `/api/assisted-install${image}` });
    const refused = { 'content-type': 'application/json', 'cache-control': 'no-store', allow: 'GET,HEAD' };
    expect([asked.statusCode, asked.headers]).toEqual([405, refused]);
  });
});

describe('a page of any other origin', () => {
  const call = serve([origin]);

  it.each(['https://ui.example.org', 'http://ui.example', 'https://ui.example:8443', 'null', ''])(
    'is not told that it may: %s',
    async (other) => {
      const asked = await call({ ...preflight, headers: { ...preflight.headers, Origin: other } });
      expect(asked).toEqual({ statusCode: 204, headers: { vary: 'origin' } });
      const { headers } = await call({ headers: { Origin: other } });
      expect(headers).toEqual({ 'content-type': 'application/json', vary: 'origin' });
    },
  );
});

it('any page may, if every origin is allowed', async () => {
  const { headers } = await serve(['*'])({ headers: { Origin: 'https://any.example' } });
  expect(headers).toMatchObject({ ...permission, 'access-control-allow-origin': '*' });
});

it('no page may, if no origin is allowed', async () => {
  const call = serve();
  expect(await call({ headers: { Origin: origin } })).toMatchObject({
    headers: { 'content-type': 'application/json' },
  });
  expect((await call(preflight)).statusCode).toBe(405);
});

it('OPTIONS that is no question of a browser is a method like any other', async () => {
  expect((await serve([origin])({ method: 'OPTIONS', headers: { Origin: origin } })).statusCode).toBe(405);
});
