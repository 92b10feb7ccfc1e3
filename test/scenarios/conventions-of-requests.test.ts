import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compatibilityRows } from '#test/docs/compatibility-rows.ts';
import { createCluster, disconnected, ignitionPath, pullSecret } from './client.ts';
import { bodyOf, conventionsStack } from './conventions.ts';

const { api, clusterId, infraEnvId, send } = await conventionsStack();

const cluster = { name: 'edge', openshift_version: '4.20', pull_secret: pullSecret };
const json = { 'content-type': 'application/json' };

describe('a path', () => {
  it.each([
    '/v2/clusters',
    '/v2/clusters/',
    '//v2//clusters//',
    '/v2/clusters//{cluster}',
    '/v2/clusters//default-config',
    '/v2/infra-envs/',
    '/v2/infra-envs/{infra-env}/',
  ])('may have spare slashes: %s', async (path) => {
    expect((await send('GET', path)).status).toBe(200);
  });

  it.each(['/v2/nothing', '/v2', '/v1/clusters', '/v2/clusters/{cluster}/nothing'])('%s is not there', async (path) => {
    const answer = await send('GET', path);
    const message = `path /api/assisted-install${path.replace('{cluster}', clusterId)} was not found`;
    expect([answer.status, bodyOf(answer)]).toEqual([404, { code: 404, message }]);
  });

  it.each([
    ['PUT', '/v2/clusters', 'GET,POST'],
    ['DELETE', '/v2/infra-envs', 'GET,POST'],
    ['POST', '/v2/clusters/{cluster}', 'DELETE,GET,PATCH'],
    ['PUT', '/v2/infra-envs/{infra-env}', 'DELETE,GET,PATCH'],
    ['POST', '/v2/clusters/default-config', 'DELETE,GET,PATCH'],
    ['PATCH', '/v2/events', 'GET'],
    ['PUT', '/v2/infra-envs/{infra-env}/downloads/files', 'GET'],
  ])('for %s %s names the methods that it has', async (method, path, allow) => {
    const answer = await send(method, path);
    const message = `method ${method} is not allowed, but [${allow}] are`;
    expect([answer.status, answer.headers.get('allow'), bodyOf(answer)]).toEqual([405, allow, { code: 405, message }]);
  });

  it.each(compatibilityRows.filter(({ verdict }) => verdict === 'not offered'))(
    'of the published API that is not offered is none: $method $path',
    async ({ method, path }) => {
      const filled = path
        .replace('{cluster_id}', clusterId)
        .replace('{infra_env_id}', infraEnvId)
        .replaceAll(/\{\w+\}/g, randomUUID());
      expect([404, 405]).toContain((await send(method, filled)).status);
    },
  );

  it('has no HEAD', async () => {
    const { status, headers, text } = await send('HEAD', '/v2/domains');
    expect([status, headers.get('allow'), text]).toEqual([405, 'GET', '']);
  });
});

describe('an id', () => {
  it.each([
    ['/v2/clusters/abc', 'cluster_id in path must be of type uuid: "abc"'],
    ['/v2/clusters/disconnected', 'cluster_id in path must be of type uuid: "disconnected"'],
    ['/v2/infra-envs/1234', 'infra_env_id in path must be of type uuid: "1234"'],
    ['/v2/infra-envs?cluster_id=abc', 'cluster_id in query must be of type uuid: "abc"'],
  ])('that is none is refused: %s', async (path, message) => {
    const answer = await send('GET', path);
    expect([answer.status, bodyOf(answer)]).toEqual([400, { code: 400, message }]);
  });

  it.each(['/v2/clusters/', '/v2/infra-envs/'])('of nothing is not found: %s', async (path) => {
    const answer = await send('GET', `${path}${randomUUID()}`);
    const body = { code: '404', href: '', id: 404, kind: 'Error', reason: 'record not found' };
    expect([answer.status, bodyOf(answer)]).toEqual([404, body]);
  });

  it.each<[string, (id: string) => string]>([
    ['in upper case', (id) => id.toUpperCase()],
    ['in braces', (id) => encodeURIComponent(`{${id}}`)],
    ['as a URN', (id) => `urn:uuid:${id}`],
    ['without dashes', (id) => id.replaceAll('-', '')],
  ])('%s is another one', async (_, spelled) => {
    expect((await send('GET', `/v2/clusters/${spelled(clusterId)}`)).status).toBe(404);
    expect((await send('GET', `/v2/infra-envs/${spelled(infraEnvId)}`)).status).toBe(404);
    expect(bodyOf(await send('GET', `/v2/infra-envs?cluster_id=${spelled(clusterId)}`))).toEqual([]);
  });
});

describe('a parameter of a query', () => {
  it.each([
    '/v2/clusters?owner=&openshift_cluster_id=&ams_subscription_ids=&with_hosts=',
    '/v2/infra-envs?cluster_id=&owner=',
    '/v2/events?cluster_id={cluster}&host_id=&host_ids=&infra_env_id=&limit=&offset=&order=&severities=&cluster_level=',
    '/v2/openshift-versions?version=&only_latest=',
  ])('without a text is absent: %s', async (path) => {
    const answer = await send('GET', path);
    expect([answer.status, bodyOf(answer)]).toEqual([
      200,
      bodyOf(await send('GET', path.replaceAll(/\w+=(?=&|$)/g, ''))),
    ]);
  });

  it.each([
    ['/v2/infra-envs/{infra-env}/downloads/files?file_name=', 'file_name in query is required'],
    ['/v2/support-levels/features?openshift_version=', 'openshift_version in query is required'],
  ])('that must be there may not be empty: %s', async (path, message) => {
    const answer = await send('GET', path);
    expect([answer.status, bodyOf(answer)]).toEqual([400, { code: 400, message }]);
  });

  it.each(['openshift_cluster_id={cluster}', 'ams_subscription_ids=one,two', 'owner=somebody'])(
    'that filters clusters lets none through that does not match: %s',
    async (query) => {
      expect(bodyOf(await send('GET', `/v2/clusters?${query}`))).toEqual([]);
    },
  );

  it('that is not the id of a cluster is refused', async () => {
    const answer = await send('GET', '/v2/clusters?openshift_cluster_id=x');
    const message = 'openshift_cluster_id in query must be of type uuid: "x"';
    expect([answer.status, bodyOf(answer)]).toEqual([400, { code: 400, message }]);
  });
});

describe('a body', () => {
  const parsing = (cause: string) => `parsing newClusterParams body from "" failed, because ${cause}`;
  const text = JSON.stringify(cluster);
  const { pull_secret: _, ...rest } = cluster;

  it.each<[string, string | undefined, string]>([
    ['that is missing', undefined, 'newClusterParams in body is required'],
    ['that is empty', '  \n', 'newClusterParams in body is required'],
    ['that is null', 'null', 'newClusterParams in body is required'],
    ['that is no JSON', '{"name":', parsing('the text is not JSON')],
    ['that goes on after its end', `${text} x`, parsing('the text is not JSON')],
    ['that comes twice', `${text}${text}`, parsing('the text is not JSON')],
    ['that is a list', '[]', parsing('json: cannot unmarshal array into Go value of type object')],
    ['that is a text', '"x"', parsing('json: cannot unmarshal string into Go value of type object')],
    ['with an unknown field', JSON.stringify({ ...cluster, nmae: 'x' }), parsing('json: unknown field "nmae"')],
    ['with a field in other letters', JSON.stringify({ ...cluster, Name: 'x' }), parsing('json: unknown field "Name"')],
    [
      'with a value of another type',
      JSON.stringify({ ...cluster, name: 7 }),
      parsing('json: cannot unmarshal number into field name of type string'),
    ],
    ['without a field that it must have', JSON.stringify(rest), 'pull_secret in body is required'],
    ['with null for it', JSON.stringify({ ...cluster, pull_secret: null }), 'pull_secret in body is required'],
    [
      'with a text that is too short',
      JSON.stringify({ ...cluster, name: '' }),
      'name in body should be at least 1 chars long',
    ],
    [
      'with a text that is too long',
      JSON.stringify({ ...cluster, name: 'n'.repeat(55) }),
      'name in body should be at most 54 chars long',
    ],
    [
      'with a value outside its list',
      JSON.stringify({ ...cluster, high_availability_mode: 'Half' }),
      'high_availability_mode in body should be one of [Full None]',
    ],
  ])('%s is refused with 400', async (_name, body, message) => {
    const answer = await send('POST', '/v2/clusters', { headers: json, ...(body === undefined ? {} : { body }) });
    expect([answer.status, bodyOf(answer)]).toEqual([400, { code: 400, message }]);
  });

  it('that an operation refuses has the other shape', async () => {
    const body = JSON.stringify({ ...cluster, tags: '!' });
    const answer = await send('POST', '/v2/clusters', { headers: json, body });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer)).toEqual({
      code: '400',
      href: '',
      id: 400,
      kind: 'Error',
      reason: expect.stringContaining('Invalid format for Tags'),
    });
  });

  it('that lacks several fields is told of the first by name', async () => {
    const answer = await send('POST', '/v2/infra-envs', { headers: json, body: '{}' });
    expect([answer.status, bodyOf(answer)]).toEqual([400, { code: 400, message: 'name in body is required' }]);
  });

  it('may have white space around it', async () => {
    expect((await send('POST', '/v2/clusters', { headers: json, body: `\r\n ${text}\n` })).status).toBe(201);
  });
});

describe('a media type', () => {
  const body = JSON.stringify(cluster);
  const types = ['application/json', 'application/json; charset=utf-8', 'Application/JSON'];

  it.each(types)('of a body may be %s', async (type) => {
    expect((await send('POST', '/v2/clusters', { headers: { 'content-type': type }, body })).status).toBe(201);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'of a body is not %s',
    async (type) => {
      const answer = await send('POST', '/v2/clusters', { headers: { 'content-type': type }, body });
      const message = `unsupported media type "${type}", only [application/json] are allowed`;
      expect([answer.status, bodyOf(answer)]).toEqual([400, { code: 400, message }]);
    },
  );

  it('that the client takes must be JSON', async () => {
    const answer = await send('GET', '/v2/clusters', { headers: { accept: 'text/html' } });
    const message = 'unsupported media type requested, only [application/json] are available';
    expect([answer.status, bodyOf(answer)]).toEqual([400, { code: 400, message }]);
  });

  it('that the client takes does not matter where it sends JSON', async () => {
    const headers = { ...json, accept: 'application/xml' };
    const answer = await send('POST', '/v2/clusters', { headers, body });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'application/json']);
  });

  it('does not matter to a health check', async () => {
    expect((await send('GET', '/health', { headers: { accept: 'text/plain' } })).status).toBe(200);
  });

  it.each(['application/octet-stream', 'application/json', '*/*'])(
    'that the client takes for a file may be %s',
    async (accept) => {
      expect((await send('GET', ignitionPath('{infra-env}'), { headers: { accept } })).status).toBe(302);
    },
  );
});

it('a host cannot be registered', async () => {
  const answer = await api.post(`/v2/infra-envs/${infraEnvId}/hosts`, { host_id: randomUUID() });
  expect(answer).toMatchObject({
    status: 400,
    body: { reason: 'Cannot register a host to an InfraEnv with disconnected-iso type' },
  });
});

it('a cluster that is disconnected holds configuration, which can be changed; its status cannot', async () => {
  const { body } = await api.post('/v2/infra-envs', disconnected(await createCluster(api, '4.20')));
  expect(await api.patch(`/v2/clusters/${body.cluster_id}`, { base_dns_domain: 'example.com' })).toMatchObject({
    status: 201,
    body: { status: 'disconnected', base_dns_domain: 'example.com' },
  });
});
