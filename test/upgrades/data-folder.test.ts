import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { expectCarried, sshKeysIn } from '#test/scenarios/carried.ts';
import { download, eventsOf, sshKey } from '#test/scenarios/client.ts';
import { runningStack } from '#test/scenarios/stack.ts';
import { cluster, infraEnv, manifest } from './filled.ts';

/** What fill.ts answered with. */
const ids = {
  clusterId: '86163f5c-b065-4f85-a620-c498b5511995',
  infraEnvId: '47512ff5-2be5-49cb-a396-0242088ecfae',
  plainId: 'e9520785-c333-41e9-b4fb-5b0a1f498683',
};

const archive = join(import.meta.dirname, 'data-0.1.0.tar.gz');

const { api } = await runningStack({
  installers: {},
  prepare: async (dataDir) => {
    await mkdir(dataDir, { recursive: true });
    await execa('tar', ['-xzf', archive, '-C', dataDir]);
  },
});

describe('a data folder of version 0.1.0', () => {
  const { clusterId, infraEnvId, plainId } = ids;

  it('has its clusters, manifests, infra-envs and events', async () => {
    const [found, plain] = [await api.get(`/v2/clusters/${clusterId}`), await api.get(`/v2/clusters/${plainId}`)];
    expect(found.body).toMatchObject({ ...cluster, status: 'disconnected', user_name: 'admin' });
    expect(plain.body).toMatchObject({ name: 'plain', kind: 'DisconnectedCluster' });
    const { folder, file_name } = manifest;
    expect((await api.get(`/v2/clusters/${clusterId}/manifests`)).body).toMatchObject([{ folder, file_name }]);

    const { static_network_config, kernel_arguments, ...plainly } = infraEnv;
    expect((await api.get(`/v2/infra-envs/${infraEnvId}`)).body).toMatchObject({
      ...plainly,
      static_network_config: JSON.stringify(static_network_config),
      kernel_arguments: JSON.stringify(kernel_arguments),
    });
    expect((await eventsOf(api, `cluster_id=${clusterId}`)).map(({ name }) => name)).toContain('ignition_generated');
  });

  it('gives the ignition of its infra-env, and the next one after a change', async () => {
    const login = 'user:password';
    const { text } = await download(api, infraEnvId);
    expectCarried(text, { infraEnvId, sshKeys: [infraEnv.ssh_authorized_key], login });

    const key = sshKey('next@edge');
    expect((await api.patch(`/v2/infra-envs/${infraEnvId}`, { ssh_authorized_key: key })).status).toBe(201);
    expect(sshKeysIn((await download(api, infraEnvId)).text)).toEqual([key]);
  });

  it('takes new clusters of its releases, and lets go of what it has', async () => {
    const { body } = await api.post('/v2/clusters/disconnected', { name: 'another', openshift_version: '4.20' });
    expect(body).toMatchObject({ openshift_version: '4.20.3' });
    for (const path of [`infra-envs/${infraEnvId}`, ...[clusterId, plainId, body.id].map((id) => `clusters/${id}`)]) {
      expect((await api.delete(`/v2/${path}`)).status, path).toBe(204);
    }
    expect((await api.get('/v2/clusters')).body).toEqual([]);
    expect((await api.get('/v2/infra-envs')).body).toEqual([]);
  });
});
