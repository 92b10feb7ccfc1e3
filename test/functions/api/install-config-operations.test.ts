import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canary, eventNames, newCluster, registerCluster, world } from './world.ts';

const { serve, logger } = await world();
const call = serve();

const path = (id: string) => `/v2/clusters/${id}/install-config`;
const configOf = async (id: string) => JSON.parse((await call('GET', path(id))).body);

describe('the install-config', () => {
  it('is what the settings amount to, as a text, without the pull secret', async () => {
    const { id } = (await call('POST', '/v2/clusters', { ...newCluster, base_dns_domain: 'example.org' })).body;
    const { status, body } = await call('GET', path(id));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ metadata: { name: 'edge' }, baseDomain: 'example.org' });
    expect(body).not.toContain('pullSecret');
    expect(body).not.toContain(canary);
  });

  it('is overridden: the cluster shows it, an event tells it', async () => {
    const id = await registerCluster(call);
    const overrides = JSON.stringify({ fips: true, networking: { networkType: 'Calico' } });
    expect(await call('PATCH', path(id), overrides)).toMatchObject({ status: 201, body: undefined });
    expect(await configOf(id)).toMatchObject({ fips: true, networking: { networkType: 'Calico' } });
    expect((await call('GET', `/v2/clusters/${id}`)).body.install_config_overrides).toBe(overrides);
    expect(await eventNames(call, `cluster_id=${id}`)).toContain('install_config_applied');
  });

  it('keeps its overrides when other settings change', async () => {
    const id = await registerCluster(call);
    await call('PATCH', path(id), '{"fips":true}');
    await call('PATCH', `/v2/clusters/${id}`, { base_dns_domain: 'example.org' });
    expect(await configOf(id)).toMatchObject({ fips: true, baseDomain: 'example.org' });
  });

  it('is as it was after an empty text', async () => {
    const id = await registerCluster(call);
    const before = await configOf(id);
    await call('PATCH', path(id), '{"fips":true}');
    expect((await call('PATCH', path(id), '')).status).toBe(201);
    expect(await configOf(id)).toEqual(before);
    expect((await call('GET', `/v2/clusters/${id}`)).body).not.toHaveProperty('install_config_overrides');
  });

  it('is not overridden with a secret, of which nothing is kept or logged', async () => {
    const id = await registerCluster(call);
    const refused = await call('PATCH', path(id), JSON.stringify({ pullSecret: canary }));
    expect(refused).toMatchObject({ status: 400, body: { reason: expect.stringContaining('remove pullSecret') } });
    expect(JSON.stringify([refused, logger.lines, await call('GET', `/v2/clusters/${id}`)])).not.toContain(canary);
    expect(await eventNames(call, `cluster_id=${id}`)).not.toContain('install_config_applied');
  });

  it('is not overridden with more than the table keeps', async () => {
    const id = await registerCluster(call);
    expect(await call('PATCH', path(id), JSON.stringify({ sshKey: 'x'.repeat(400_000) }))).toMatchObject({
      status: 400,
      body: { reason: expect.stringContaining('at most 380 KiB') },
    });
  });

  it('of a cluster that cannot be changed is read only', async () => {
    const fields = { name: 'dc', openshift_version: '4.21' };
    const { id } = (await call('POST', '/v2/clusters/disconnected', fields)).body;
    expect(await call('PATCH', path(id), '{}')).toMatchObject({
      status: 409,
      body: {
        reason: `Cluster ${id} is in unmonitored state, cluster can be updated only in one of [insufficient ready pending-for-input adding-hosts]`,
      },
    });
    expect((await configOf(id)).metadata).toEqual({ name: 'dc' });
  });

  it('loses no change to a concurrent one', async () => {
    const id = await registerCluster(call);
    await Promise.all([call('PATCH', path(id), '{"fips":true}'), call('PATCH', `/v2/clusters/${id}`, { tags: 'one' })]);
    expect((await call('GET', `/v2/clusters/${id}`)).body).toMatchObject({
      tags: 'one',
      install_config_overrides: '{"fips":true}',
    });
  });

  it("of nobody's, of another caller's and of a deleted cluster is not there", async () => {
    const unknown = randomUUID();
    expect(await call('GET', path(unknown))).toMatchObject({ status: 404, body: { reason: 'record not found' } });
    expect(await call('PATCH', path(unknown), '{}')).toMatchObject({
      status: 404,
      body: { reason: `Failed to get cluster ${unknown}: record not found` },
    });
    const id = await registerCluster(call, 'bob');
    const others = { status: 404, body: { reason: 'Object Not Found' } };
    expect(await call('GET', path(id))).toMatchObject(others);
    expect(await call('PATCH', path(id), '{}')).toMatchObject(others);
    await call('DELETE', `/v2/clusters/${id}`, undefined, 'bob');
    expect((await call('GET', path(id), undefined, 'bob')).status).toBe(404);
  });
});
