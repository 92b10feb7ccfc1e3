import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { clusterIdleSeconds } from '#domain/cluster/cluster.ts';
import { secondsAfter } from '#domain/time.ts';
import { newInfraEnv, registerCluster, world } from './world.ts';

const { serve, table, time } = await world();
const call = serve();

const day = 24 * 60 * 60 * 1000;
const path = (id: string) => `/v2/clusters/${id}/ui-settings`;
const kept = JSON.stringify({ step: 'review', "it's": '"quoted"', ä: '\u{1F600}' });

/** When the item of that sort key ends, in seconds since 1970. */
const endOf = async (id: string, sk: string): Promise<number | undefined> =>
  (await table.client.send(new GetCommand({ TableName: table.tableName, Key: { pk: `cluster#${id}`, sk } }))).Item
    ?.expiresAt;

describe('UI settings', () => {
  it('are an empty text until something was kept, then what was kept last', async () => {
    const id = await registerCluster(call);
    expect(await call('GET', path(id))).toMatchObject({ status: 200, body: '' });
    expect(await call('PUT', path(id), kept)).toMatchObject({ status: 200, body: kept });
    expect(await call('GET', path(id))).toMatchObject({ status: 200, body: kept });
    expect((await call('PUT', path(id), '')).status).toBe(200);
    expect((await call('GET', path(id))).body).toBe('');
  });

  it('are kept for a cluster in any status', async () => {
    const fields = { name: 'dc', openshift_version: '4.21' };
    const { id } = (await call('POST', '/v2/clusters/disconnected', fields)).body;
    expect((await call('PUT', path(id), kept)).status).toBe(200);
    expect((await call('GET', path(id))).body).toBe(kept);
  });

  it('take 64 KiB and no more', async () => {
    const id = await registerCluster(call);
    expect((await call('PUT', path(id), 'ä'.repeat(32 * 1024))).status).toBe(200);
    expect(await call('PUT', path(id), 'ä'.repeat(32 * 1024 + 1))).toMatchObject({
      status: 400,
      body: { reason: 'the UI settings take 65 KiB, at most 64 KiB can be kept' },
    });
  });

  it('are a text', async () => {
    const id = await registerCluster(call);
    expect(await call('PUT', path(id), { step: 'review' })).toMatchObject({
      status: 400,
      body: { code: 400, message: expect.stringContaining('parsing uiSettings body') },
    });
    expect(await call('PUT', path(id))).toMatchObject({
      status: 400,
      body: { message: 'uiSettings in body is required' },
    });
  });

  it("of nobody's and of another caller's cluster are not there", async () => {
    const unknown = { status: 404, body: { reason: 'record not found' } };
    expect(await call('GET', path(randomUUID()))).toMatchObject(unknown);
    expect(await call('PUT', path(randomUUID()), kept)).toMatchObject(unknown);
    const id = await registerCluster(call, 'bob');
    await call('PUT', path(id), kept, 'bob');
    const others = { status: 404, body: { reason: 'Object Not Found' } };
    expect(await call('GET', path(id))).toMatchObject(others);
    expect(await call('PUT', path(id), 'mine')).toMatchObject(others);
    expect((await call('GET', path(id), undefined, 'bob')).body).toBe(kept);
  });

  it('go with their cluster', async () => {
    const id = await registerCluster(call);
    await call('PUT', path(id), kept);
    await call('DELETE', `/v2/clusters/${id}`);
    expect((await call('GET', path(id))).status).toBe(404);
    expect((await call('PUT', path(id), kept)).status).toBe(404);
    expect(await endOf(id, 'ui-settings')).toBeUndefined();
  });

  it.each([
    ['the settings', (id: string) => call('PUT', path(id), 'later')],
    ['the cluster', (id: string) => call('PATCH', `/v2/clusters/${id}`, { tags: 'one' })],
    ['the install-config', (id: string) => call('PATCH', `/v2/clusters/${id}/install-config`, '{"fips":true}')],
    ['the manifests', (id: string) => call('DELETE', `/v2/clusters/${id}/manifests?file_name=a.yaml`)],
    ['an infra-env', (id: string) => call('POST', '/v2/infra-envs', newInfraEnv(id, { image_type: 'full-iso' }))],
  ])('live on with their cluster when somebody works with %s', async (_, work) => {
    const id = await registerCluster(call);
    await call('PUT', path(id), kept);
    time.now = new Date(time.now.getTime() + 10 * day);
    expect((await work(id)).status).toBeLessThan(300);
    const end = await endOf(id, 'ui-settings');
    expect(end).toBe(await endOf(id, 'cluster'));
    expect(end).toBe(secondsAfter(time.now, clusterIdleSeconds));
  });
});
