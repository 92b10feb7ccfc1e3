import { describe, expect, test } from 'vitest';
import { router } from '#emulators/api-gateway/gateway-routes.ts';
import { functionOf } from '#test/local/functions.ts';

const target = functionOf(() => ({}));
const routerOf = (...keys: string[]) => router(keys.map((key) => ({ key, target })));

const keys = [
  '$default',
  'ANY /{proxy+}',
  'ANY /v2/{kind}/{id}',
  'GET /v2/clusters/{id}',
  'ANY /v2/clusters/{id}',
  'ANY /v2/clusters/disconnected',
  'ANY /v2/clusters/{id}/{rest+}',
  'POST /v2/only',
];

describe('a request goes to the most specific route', () => {
  test.each([
    ['GET', '/v2/clusters/disconnected', 'ANY /v2/clusters/disconnected', {}],
    ['GET', '/v2/clusters/1', 'GET /v2/clusters/{id}', { id: '1' }],
    ['PATCH', '/v2/clusters/1', 'ANY /v2/clusters/{id}', { id: '1' }],
    ['GET', '/v2/infra-envs/1', 'ANY /v2/{kind}/{id}', { kind: 'infra-envs', id: '1' }],
    ['GET', '/v2/clusters/1/a/b', 'ANY /v2/clusters/{id}/{rest+}', { id: '1', rest: 'a/b' }],
    ['GET', '/other', 'ANY /{proxy+}', { proxy: 'other' }],
    ['GET', '/v2/only', 'ANY /{proxy+}', { proxy: 'v2/only' }],
    ['GET', '/', '$default', {}],
    ['GET', '/v2/clusters/a%2Fb', 'GET /v2/clusters/{id}', { id: 'a/b' }],
    ['GET', '/v2/clusters/%', 'GET /v2/clusters/{id}', { id: '%' }],
  ])('%s %s -> %s', (method, path, key, pathParameters) => {
    expect(routerOf(...keys)(method, path)).toMatchObject({ route: { key }, pathParameters });
  });

  test('whatever order the routes come in', () => {
    const [forwards, backwards] = [routerOf(...keys), routerOf(...keys.toReversed())];
    for (const path of ['/v2/clusters/disconnected', '/v2/clusters/1', '/v2/x/1', '/v2/clusters/1/a', '/']) {
      expect(backwards('GET', path)).toEqual(forwards('GET', path));
    }
  });
});

describe('no route', () => {
  test.each(['/v2/clusters/', '/v2//clusters/1', '/v2/clustersX1', '/'])('takes %s', (path) => {
    expect(routerOf('ANY /v2/clusters/{id}', 'ANY /v2.clusters')('GET', path)).toBeUndefined();
  });

  test('takes a dot for any character', () => {
    expect(routerOf('GET /a.b')('GET', '/aXb')).toBeUndefined();
    expect(routerOf('GET /a.b')('GET', '/a.b')).toBeDefined();
  });
});
