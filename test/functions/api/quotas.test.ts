import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recordQuota } from '#adapters/record-quota.ts';
import { type Call, eventNames, newCluster, newInfraEnv, registerCluster, world } from './world.ts';

const { table, deeds, serve } = await world();
const quota = recordQuota({ ...table, limits: { cluster: 2, 'infra-env': 1 } });
const call = serve({ quota });

/** Everything that is registered, with the limit of it and a registration that is good but for that. */
const registrations = {
  '/v2/clusters': { subject: 'cluster', limit: 2, body: () => newCluster },
  '/v2/clusters/disconnected': {
    subject: 'cluster',
    limit: 2,
    body: () => ({ name: 'edge', openshift_version: '4.20' }),
  },
  '/v2/infra-envs': { subject: 'infra-env', limit: 1, body: () => newInfraEnv(undefined) },
} as const;

const listOf = async (path: string, userName: string) =>
  (await call('GET', path.replace('/disconnected', ''), undefined, userName)).body;

describe('a user with as many as each may have', () => {
  it.each(Object.entries(registrations))('gets no more by POST %s, and nothing is stored', async (path, row) => {
    const userName = randomUUID();
    const register = () => call('POST', path, row.body(), userName);
    for (let index = 0; index < row.limit; index += 1) expect((await register()).status).toBe(201);
    const stored = deeds.length;
    const { status, body, headers } = await register();
    const message =
      `you have ${row.limit} ${row.subject}s, and nobody may have more here: delete some of them, or ask an operator ` +
      'for a larger quota';
    expect([status, body]).toEqual([403, { code: 403, message }]);
    expect(headers).not.toHaveProperty('retry-after');
    expect(await listOf(path, userName)).toHaveLength(row.limit);
    expect(deeds).toHaveLength(stored);
    expect((await call('POST', path, row.body(), randomUUID())).status).toBe(201);
  });

  it('gets one more after a deletion', async () => {
    const userName = randomUUID();
    const register = () => call('POST', '/v2/infra-envs', newInfraEnv(undefined), userName);
    const { id } = (await register()).body;
    expect((await register()).status).toBe(403);
    expect((await call('DELETE', `/v2/infra-envs/${id}`, undefined, userName)).status).toBe(204);
    expect((await register()).status).toBe(201);
  });

  it('hears of a mistake in the request first', async () => {
    const userName = randomUUID();
    const infraEnv = newInfraEnv(undefined);
    await call('POST', '/v2/infra-envs', infraEnv, userName);
    expect((await call('POST', '/v2/infra-envs', { ...infraEnv, pull_secret: '{}' }, userName)).status).toBe(400);
  });

  it('finds the refusal among the events of the cluster', async () => {
    const userName = randomUUID();
    const id = await registerCluster(call, userName);
    await call('POST', '/v2/infra-envs', newInfraEnv(undefined), userName);
    expect((await call('POST', '/v2/infra-envs', newInfraEnv(id), userName)).status).toBe(403);
    const asUser: Call = (method, path, fields) => call(method, path, fields, userName);
    expect(await eventNames(asUser, `cluster_id=${id}`)).toContain('infra_env_registration_failed');
  });
});
