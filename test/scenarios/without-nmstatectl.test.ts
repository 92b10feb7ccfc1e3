import { describe, expect, it } from 'vitest';
import { createBoth, createCluster, disconnected, download } from './client.ts';
import { runningStack } from './stack.ts';

const { api } = await runningStack({
  installers: { '4.20.3': {} },
  environment: { PATH: '/nowhere' },
});

const static_network_config = [
  {
    network_yaml: 'interfaces: [{name: eth0, type: ethernet}]',
    mac_interface_map: [{ mac_address: 'f8:75:a4:a4:00:01', logical_nic_name: 'eth0' }],
  },
];
const reason = expect.stringMatching(
  /^static_network_config needs nmstatectl, which is not in the PATH .*`dnf install nmstate`/,
);

describe('where nmstatectl is not installed', () => {
  it('static networks are refused at once, with how to install it', async () => {
    const clusterId = await createCluster(api, '4.20');
    const answer = await api.post('/v2/infra-envs', disconnected(clusterId, { static_network_config }));
    expect(answer).toMatchObject({ status: 501, body: { reason } });
    expect((await api.get(`/v2/infra-envs?cluster_id=${clusterId}`)).body).toEqual([]);
  });

  it('everything else works', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    expect((await download(api, infraEnvId)).status).toBe(200);
    expect(await api.patch(`/v2/infra-envs/${infraEnvId}`, { static_network_config })).toMatchObject({
      status: 501,
      body: { reason },
    });
  });
});
