import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { failure } from '#domain/errors.ts';
import { ed25519Key } from '#test/domain/values/openssh-key.ts';
import { eventNames, newCluster, registerCluster, world } from './world.ts';

const { serve, dependencies } = await world();
const call = serve();

describe('registering a cluster', () => {
  it('resolves the version, starts insufficient and says which validation failed', async () => {
    const { status, body } = await call('POST', '/v2/clusters', newCluster);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'Cluster',
      status: 'insufficient',
      openshift_version: '4.20.3',
      pull_secret_set: true,
      user_name: 'ann',
      hosts: [],
      deleted_at: null,
    });
    const validations = JSON.parse(body.validations_info);
    expect(validations['hosts-data']).toContainEqual(
      expect.objectContaining({ id: 'sufficient-masters-count', status: 'failure' }),
    );
    expect(await call('GET', `/v2/clusters/${body.id}`)).toMatchObject({ status: 200, body });
    expect(await eventNames(call, `cluster_id=${body.id}`)).toEqual(['cluster_registration_succeeded']);
  });

  it('refuses an unknown version, lists what is known and stores nothing', async () => {
    const before = (await call('GET', '/v2/clusters')).body.length;
    const { status, body } = await call('POST', '/v2/clusters', { ...newCluster, openshift_version: '4.99' });
    expect(status).toBe(400);
    expect(body.reason).toContain('known releases: 4.21.0 (x86_64); 4.20.3 (x86_64); 4.20.1 (x86_64)');
    expect((await call('GET', '/v2/clusters')).body).toHaveLength(before);
  });

  it('of kind DisconnectedCluster starts unmonitored, its version resolved too', async () => {
    const { status, body } = await call('POST', '/v2/clusters/disconnected', { name: 'dc', openshift_version: '4.21' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'DisconnectedCluster',
      status: 'unmonitored',
      status_info: 'Cluster created for offline installation',
      openshift_version: '4.21.0',
      cluster_networks: [],
      api_vips: [],
    });
    expect((await call('PATCH', `/v2/clusters/${body.id}`, { name: 'x' })).status).toBe(409);
  });

  it('refuses settings that are larger than the table keeps', async () => {
    const ssh_public_key = Array.from({ length: 6_000 }, () => ed25519Key()).join('\n');
    expect(await call('POST', '/v2/clusters', { ...newCluster, ssh_public_key })).toMatchObject({
      status: 400,
      body: { reason: expect.stringContaining('at most 380 KiB') },
    });
  });
});

describe('changing a cluster', () => {
  it('answers 201 with the change; what is absent stays', async () => {
    const id = await registerCluster(call);
    const { status, body } = await call('PATCH', `/v2/clusters/${id}`, { base_dns_domain: 'example.org' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'edge', base_dns_domain: 'example.org', status: 'insufficient' });
    expect((await call('GET', `/v2/clusters/${id}`)).body).toEqual(body);
  });

  it('loses neither of two concurrent changes', async () => {
    const id = await registerCluster(call);
    await Promise.all([
      call('PATCH', `/v2/clusters/${id}`, { base_dns_domain: 'example.org' }),
      call('PATCH', `/v2/clusters/${id}`, { tags: 'one' }),
    ]);
    expect((await call('GET', `/v2/clusters/${id}`)).body).toMatchObject({
      base_dns_domain: 'example.org',
      tags: 'one',
    });
  });

  it('tells of changed proxy settings, without them', async () => {
    const id = await registerCluster(call);
    await call('PATCH', `/v2/clusters/${id}`, { http_proxy: 'http://me:hush-hush@proxy.example.org' });
    const { body } = await call('GET', `/v2/events?cluster_id=${id}`);
    expect(body[1]).toMatchObject({ name: 'proxy_settings_changed' });
    expect(JSON.stringify(body)).not.toContain('hush-hush');
  });

  it('gives up with 409 when others keep writing in between', async () => {
    const id = await registerCluster(call);
    const save = async () => {
      throw failure('StaleVersion', { id });
    };
    const crowded = serve({ clusters: { ...dependencies.clusters, save } });
    expect(await crowded('PATCH', `/v2/clusters/${id}`, { tags: 'one' })).toMatchObject({
      status: 409,
      headers: { 'retry-after': '5' },
    });
  });
});

describe('deleting a cluster', () => {
  it('hides it from reads and lists and keeps its events', async () => {
    const id = await registerCluster(call);
    expect((await call('DELETE', `/v2/clusters/${id}`)).status).toBe(204);
    expect(await call('GET', `/v2/clusters/${id}`)).toMatchObject({
      status: 404,
      body: { reason: 'record not found' },
    });
    expect((await call('GET', '/v2/clusters')).body.map((cluster: { id: string }) => cluster.id)).not.toContain(id);
    expect(await eventNames(call, `cluster_id=${id}`)).toEqual([
      'cluster_registration_succeeded',
      'cluster_deregistered',
    ]);
    const reason = `Failed to get cluster ${id}: record not found`;
    expect(await call('DELETE', `/v2/clusters/${id}`)).toMatchObject({ status: 404, body: { reason } });
    expect(await call('PATCH', `/v2/clusters/${id}`, { name: 'x' })).toMatchObject({ status: 404, body: { reason } });
  });

  it('that dies half-way is completed by the next try', async () => {
    const id = await registerCluster(call);
    const bury = async () => {
      throw new Error('the function was killed');
    };
    const dying = serve({ clusters: { ...dependencies.clusters, bury } });
    expect((await dying('DELETE', `/v2/clusters/${id}`)).status).toBe(500);
    expect((await call('DELETE', `/v2/clusters/${id}`)).status).toBe(204);
  });
});

describe("another caller's cluster", () => {
  it('cannot be read, changed, deleted, listed, or followed in its events', async () => {
    const id = await registerCluster(call, 'bob');
    const notFound = { status: 404, body: { reason: 'Object Not Found' } };
    expect(await call('GET', `/v2/clusters/${id}`)).toMatchObject(notFound);
    expect(await call('PATCH', `/v2/clusters/${id}`, { name: 'x' })).toMatchObject(notFound);
    expect(await call('DELETE', `/v2/clusters/${id}`)).toMatchObject(notFound);
    expect((await call('GET', '/v2/clusters')).body.map((cluster: { id: string }) => cluster.id)).not.toContain(id);
    expect((await call('GET', '/v2/clusters?owner=bob')).body).toEqual([]);
    expect(await call('GET', `/v2/events?cluster_id=${id}`)).toMatchObject({ status: 200, body: [] });
    expect((await call('GET', `/v2/clusters/${id}`, undefined, 'bob')).status).toBe(200);
  });
});

describe('events', () => {
  it('are counted, filtered and paged as the published API says', async () => {
    const id = await registerCluster(call);
    await call('PATCH', `/v2/clusters/${id}`, { http_proxy: 'http://proxy.example.org' });
    await call('POST', '/v2/infra-envs', { name: 'x', cluster_id: id, pull_secret: 'bad', image_type: 'full-iso' });
    const all = await call('GET', `/v2/events?cluster_id=${id}`);
    expect(all.headers).toMatchObject({
      'event-count': '3',
      'severity-count-info': '2',
      'severity-count-warning': '0',
      'severity-count-error': '1',
      'severity-count-critical': '0',
    });
    expect(await eventNames(call, `cluster_id=${id}&severities=error,critical`)).toEqual([
      'infra_env_registration_failed',
    ]);
    expect(await eventNames(call, `cluster_id=${id}&message=PROXY`)).toEqual(['proxy_settings_changed']);
    expect(await eventNames(call, `cluster_id=${id}&order=descending&limit=1`)).toEqual([
      'infra_env_registration_failed',
    ]);
    expect(await eventNames(call, `cluster_id=${id}&limit=1&offset=1`)).toEqual(['proxy_settings_changed']);
    expect(await eventNames(call, `cluster_id=${id}&limit=-1`)).toHaveLength(3);
    expect(await eventNames(call, `cluster_id=${id}&limit=0`)).toEqual([]);
    expect((await call('GET', '/v2/events')).body).toEqual([]);
    expect((await call('GET', `/v2/events?cluster_id=${randomUUID()}`)).body).toEqual([]);
  });
});

describe('health', () => {
  it('is fine without the table, readiness is not', async () => {
    const unreachable = { ...dependencies.releases, all: () => Promise.reject(new Error('no table')) };
    const cut = serve({ releases: unreachable });
    expect(await cut('GET', '/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect((await cut('GET', '/ready')).status).toBe(500);
    expect((await call('GET', '/ready')).status).toBe(200);
  });
});

it('5,000 clusters with long names are listed for a client that takes no compression', async () => {
  const { serve, dependencies } = await world();
  const name = 'n'.repeat(54);
  const stored = await dependencies.clusters.get(
    (await serve()('POST', '/v2/clusters', { ...newCluster, name, base_dns_domain: `${'d'.repeat(50)}.example.com` }))
      .body.id,
  );
  if (stored === undefined) throw new Error('the cluster was not stored');
  const many = Array.from({ length: 5_000 }, () => stored);
  const answer = await serve({ clusters: { ...dependencies.clusters, ofOwner: async () => many } })(
    'GET',
    '/v2/clusters',
  );
  expect([answer.status, answer.headers['content-encoding'], answer.body.length]).toEqual([200, undefined, 5_000]);
});
