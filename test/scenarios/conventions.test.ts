import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { compatibilityRows } from '#test/docs/compatibility-rows.ts';
import { createBoth, createCluster, disconnected, ignitionPath, pullSecret } from './client.ts';
import { runningStack } from './stack.ts';

const { url, api } = await runningStack({ installers: { '4.20.3': {} } });

const base = '/api/assisted-install';
const cluster = { name: 'edge', openshift_version: '4.20', pull_secret: pullSecret };
const json = { 'content-type': 'application/json' };

let clusterId = '';
let infraEnvId = '';

beforeAll(async () => {
  ({ clusterId, infraEnvId } = await createBoth(api, '4.20', {
    kernel_arguments: [{ operation: 'append', value: 'a=b' }],
  }));
});

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** As it goes over the wire; `{cluster}` and `{infra-env}` stand for the ids. */
const send = async (method: string, path: string, { headers = {}, body }: Sent = {}) => {
  const filled = path.replace('{cluster}', clusterId).replace('{infra-env}', infraEnvId);
  const answer = await fetch(`${url}${base}${filled}`, {
    method,
    redirect: 'manual',
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

const bodyOf = ({ text }: { text: string }) => JSON.parse(text);

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
    const message = `path ${path.replace('{cluster}', clusterId)} was not found`;
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

  it('in upper case is another one', async () => {
    expect((await send('GET', `/v2/clusters/${clusterId.toUpperCase()}`)).status).toBe(404);
    expect((await send('GET', `/v2/infra-envs/${infraEnvId.toUpperCase()}`)).status).toBe(404);
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

describe('the status of a success', () => {
  it('is 201 for POST and PATCH, 204 without a body for DELETE, 200 for GET', async () => {
    const created = await api.post('/v2/clusters', cluster);
    const changed = await api.patch(`/v2/clusters/${created.body.id}`, { base_dns_domain: 'example.org' });
    const infraEnv = await api.post('/v2/infra-envs', { name: 'edge', pull_secret: pullSecret });
    const changedInfraEnv = await api.patch(`/v2/infra-envs/${infraEnv.body.id}`, {});
    expect([created, changed, infraEnv, changedInfraEnv].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    for (const path of [`/v2/infra-envs/${infraEnv.body.id}`, `/v2/clusters/${created.body.id}`]) {
      expect((await api.get(path)).status).toBe(200);
      expect(await api.delete(path)).toMatchObject({ status: 204, body: undefined });
      expect(await api.get(path)).toMatchObject({ status: 404, body: { reason: 'record not found' } });
      expect((await api.delete(path)).status).toBe(404);
    }
  });
});

describe('an answer', () => {
  it.each(['/v2/clusters', '/v2/clusters/{cluster}', '/v2/infra-envs/{infra-env}', '/v2/domains', '/v2/nothing'])(
    'of %s is JSON that ends in a newline',
    async (path) => {
      const { headers, text } = await send('GET', path);
      expect(headers.get('content-type')).toBe('application/json');
      expect(text).toMatch(/[}\]]\n$/);
    },
  );

  it.each(['/v2/clusters?owner=nobody', `/v2/infra-envs?cluster_id=${randomUUID()}`, '/v2/domains', '/v2/events'])(
    'that is an empty list is no null: %s',
    async (path) => {
      expect((await send('GET', path)).text).toBe('[]\n');
    },
  );

  it('does not repeat the id of the request', async () => {
    const { headers } = await send('GET', '/v2/domains', { headers: { 'x-request-id': 'mine-1' } });
    expect(headers.has('x-request-id')).toBe(false);
  });

  it.each([
    ['gzip', 'gzip'],
    ['identity', null],
  ])('that is long comes as the client takes it: %s', async (accepted, expected) => {
    const { headers, text } = await send('GET', '/v2/clusters/{cluster}/preflight-requirements', {
      headers: { 'accept-encoding': accepted },
    });
    expect(headers.get('content-encoding')).toBe(expected);
    expect(JSON.parse(text)).toHaveProperty('ocp');
  });
});

describe('a date', () => {
  const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
  const asLongAsNeeded = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d*[1-9])?Z$/;
  const zero = '0001-01-01T00:00:00.000Z';

  it('of a cluster has the one form or the other, and zero where nothing has happened', async () => {
    const { body } = await api.get(`/v2/clusters/${clusterId}`);
    expect(body).toMatchObject({
      status_updated_at: expect.stringMatching(milliseconds),
      created_at: expect.stringMatching(asLongAsNeeded),
      updated_at: expect.stringMatching(asLongAsNeeded),
      deleted_at: null,
      install_started_at: zero,
      install_completed_at: zero,
      controller_logs_collected_at: zero,
      controller_logs_started_at: zero,
      progress: { finalizing_stage_started_at: zero },
      image_info: { created_at: '0001-01-01T00:00:00Z', expires_at: zero },
    });
  });

  it('of an infra-env and of an event too', async () => {
    expect((await api.get(`/v2/infra-envs/${infraEnvId}`)).body).toMatchObject({
      created_at: expect.stringMatching(asLongAsNeeded),
      updated_at: expect.stringMatching(asLongAsNeeded),
      expires_at: zero,
    });
    expect((await api.get(`/v2/events?cluster_id=${clusterId}`)).body).toContainEqual(
      expect.objectContaining({ event_time: expect.stringMatching(milliseconds) }),
    );
  });
});

describe('a field', () => {
  const lists = ['api_vips', 'ingress_vips', 'machine_networks', 'hosts', 'host_networks', 'operator_bundles'];
  const always = [
    ...lists,
    ...['cluster_networks', 'service_networks', 'monitored_operators', 'href', 'id', 'image_info', 'kind', 'status'],
    ...['status_info', 'deleted_at'],
  ];
  const unset = [
    ...['ready_host_count', 'openshift_cluster_id', 'api_vip_dns_name', 'ssh_public_key', 'http_proxy', 'no_proxy'],
    ...['tags', 'logs_info', 'install_config_overrides', 'ignored_host_validations', 'ams_subscription_id', 'imported'],
  ];

  it('of a cluster is always there, or there only when it is set', async () => {
    const { body } = await api.get(`/v2/clusters/${await createCluster(api, '4.20')}`);
    for (const name of always) expect(body, name).toHaveProperty(name);
    for (const name of lists) expect(body[name], name).toEqual([]);
    for (const name of unset) expect(body, name).not.toHaveProperty(name);
    expect(body).not.toHaveProperty('pull_secret');
  });

  it('of a fresh DisconnectedCluster is a list where the original answers null', async () => {
    const { body } = await api.post('/v2/clusters/disconnected', { name: 'dc', openshift_version: '4.20' });
    for (const name of lists) expect(body[name], name).toEqual([]);
  });

  it('of an infra-env likewise', async () => {
    const { body } = await api.post('/v2/infra-envs', { name: 'edge', pull_secret: pullSecret });
    const present = ['kind', 'id', 'href', 'name', 'type', 'created_at', 'updated_at', 'expires_at', 'proxy'];
    for (const name of present) expect(body, name).toHaveProperty(name);
    expect(body.proxy).toEqual({});
    const absent = [
      ...['cluster_id', 'ssh_authorized_key', 'static_network_config', 'kernel_arguments', 'rendezvous_ip'],
      ...['additional_ntp_sources', 'ntp_sources', 'ignition_config_override', 'additional_trust_bundle'],
      ...['pull_secret', 'network_discovery_delay_seconds', 'size_bytes', 'generator_version'],
    ];
    for (const name of absent) expect(body, name).not.toHaveProperty(name);
  });

  it('that holds a structure is JSON in a text', async () => {
    const { body: infraEnv } = await api.get(`/v2/infra-envs/${infraEnvId}`);
    expect(infraEnv.kernel_arguments).toBe('[{"operation":"append","value":"a=b"}]');
    const { body } = await api.get(`/v2/clusters/${clusterId}`);
    expect(JSON.parse(body.feature_usage)).toHaveProperty('OVN network type');
    expect(JSON.parse(body.validations_info)).toHaveProperty('hosts-data');
  });
});

it('a host cannot be registered', async () => {
  const answer = await api.post(`/v2/infra-envs/${infraEnvId}/hosts`, { host_id: randomUUID() });
  expect(answer).toMatchObject({
    status: 400,
    body: { reason: 'Cannot register a host to an InfraEnv with disconnected-iso type' },
  });
});

it('a cluster that is disconnected cannot be changed', async () => {
  const { body } = await api.post('/v2/infra-envs', disconnected(await createCluster(api, '4.20')));
  expect(await api.patch(`/v2/clusters/${body.cluster_id}`, {})).toMatchObject({
    status: 409,
    body: {
      reason: expect.stringMatching(
        /^Cluster \S+ is in disconnected state, cluster can be updated only in one of \[insufficient ready pending-for-input adding-hosts\]$/,
      ),
    },
  });
});
