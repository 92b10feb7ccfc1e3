import { describe, expect, it } from 'vitest';
import { admitByGateway } from '#runtime/admission.ts';
import { newCluster, newInfraEnv, registerCluster, world } from './world.ts';

const { serve, deeds, dependencies } = await world();
const call = serve();
const tooLate = serve({}, admitByGateway, () => 7_999);

const reason = 'the service is too busy to finish this in time, so nothing was changed: try again';

const list = async (path: string): Promise<{ id: string; name: string }[]> => (await call('GET', path)).body;

describe('a request that could not be answered in time', () => {
  it('is refused before anything is stored, and told to come again', async () => {
    const clusterId = await registerCluster(call);
    const before = await list('/v2/clusters');
    deeds.length = 0;
    for (const [path, body] of [
      ['/v2/clusters', newCluster],
      ['/v2/infra-envs', newInfraEnv(clusterId)],
    ] as const) {
      const { status, headers, body: refusal } = await tooLate('POST', path, body);
      expect([status, headers['retry-after'], refusal.reason]).toEqual([503, '5', reason]);
    }
    expect(deeds).toEqual([]);
    expect(await list('/v2/clusters')).toEqual(before);
    expect(await list(`/v2/infra-envs?cluster_id=${clusterId}`)).toEqual([]);
  });

  it('changes nothing', async () => {
    const { id } = (await call('POST', '/v2/infra-envs', newInfraEnv(undefined))).body;
    const { body } = await call('GET', `/v2/infra-envs/${id}`);
    expect((await tooLate('PATCH', `/v2/infra-envs/${id}`, { additional_ntp_sources: 'a.example' })).status).toBe(503);
    expect((await call('GET', `/v2/infra-envs/${id}`)).body).toEqual(body);
  });
});

describe('a registration whose transition takes too long', () => {
  it('is given up while there is time to take it back, and leaves nothing visible', async () => {
    const clusterId = await registerCluster(call);
    let left = 9_000;
    const markAsDisconnected = async (_: object, timeoutMs: number) => {
      expect(timeoutMs).toBe(7_000);
      left -= timeoutMs;
      throw new Error('aborted');
    };
    const slow = serve({ workflows: { ...dependencies.workflows, markAsDisconnected } }, admitByGateway, () => left);
    const { status, body } = await slow('POST', '/v2/infra-envs', newInfraEnv(clusterId));
    expect([status, body.reason]).toEqual([503, reason]);
    expect(await list(`/v2/infra-envs?cluster_id=${clusterId}`)).toEqual([]);
  });
});
