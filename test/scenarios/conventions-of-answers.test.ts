import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCluster, pullSecret } from './client.ts';
import { conventionsStack } from './conventions.ts';

const { api, clusterId, infraEnvId, send } = await conventionsStack();

const cluster = { name: 'edge', openshift_version: '4.20', pull_secret: pullSecret };

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
