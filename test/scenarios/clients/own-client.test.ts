import { ok } from '@oazapfts/runtime';
import { describe, expect, it } from 'vitest';
import * as client from '#test/clients/generated/own-client.ts';
import { pullSecret, sshKey } from '#test/scenarios/client.ts';
import { generations, runningStack } from '#test/scenarios/stack.ts';
import { sshKeysIn } from '../carried.ts';

const { url } = await runningStack({ installers: { '4.20.3': generations['4.20.3'] } });
client.defaults.baseUrl = `${url}/api/assisted-install`;

/** The body of a link's file. */
const fileAt = async (link: string): Promise<string> => (await fetch(link)).text();

/** What both ways have in common once there is a cluster. */
const downloadFor = async (cluster: client.Cluster): Promise<client.InfraEnv> => {
  const key = sshKey('me@edge');
  const { id } = await ok(
    client.registerInfraEnv({
      name: 'edge',
      image_type: 'disconnected-iso',
      cluster_id: cluster.id,
      pull_secret: pullSecret,
      ssh_authorized_key: key,
    }),
  );
  const listed = await ok(client.listInfraEnvs({ clusterId: cluster.id }));
  expect(listed.map((infraEnv) => infraEnv.id)).toEqual([id]);

  const updated = await ok(client.updateInfraEnv(id, { additional_ntp_sources: 'ntp.example.org' }));
  expect(await ok(client.getInfraEnv(id))).toEqual(updated);
  expect(updated).toMatchObject({ ssh_authorized_key: key, additional_ntp_sources: 'ntp.example.org' });

  const link = await ok(client.presignInfraEnvFile(id, 'discovery.ign'));
  expect(sshKeysIn(await fileAt(link.url))).toEqual([key]);
  const redirect = await client.downloadInfraEnvFile(id, 'discovery.ign', {}, { redirect: 'manual' });
  if (redirect.status !== 302) throw new Error(JSON.stringify(redirect.data));
  expect(await fileAt(redirect.data.url)).toBe(await fileAt(link.url));
  return updated;
};

const deleteBoth = async (infraEnvId: string, clusterId: string): Promise<void> => {
  await ok(client.deregisterInfraEnv(infraEnvId));
  await ok(client.deregisterCluster(clusterId));
  const gone = await client.getCluster(clusterId);
  if (gone.status !== 404) throw new Error(`status ${gone.status}`);
  expect(gone.data.reason).toBe('record not found');
};

describe('a client generated from the OpenAPI document', () => {
  it('takes a cluster from registration to deletion', async () => {
    const [version] = Object.keys(await ok(client.listOpenshiftVersions({ onlyLatest: true })));
    const cluster = await ok(
      client.registerCluster({ name: 'edge', openshift_version: version ?? '', pull_secret: pullSecret }),
    );
    expect(cluster.status).toBe('insufficient');
    const { base_dns_domain } = await ok(client.updateCluster(cluster.id, { base_dns_domain: 'example.org' }));
    expect(base_dns_domain).toBe('example.org');

    const infraEnv = await downloadFor(cluster);
    expect((await ok(client.getCluster(cluster.id))).status).toBe('disconnected');
    expect((await ok(client.listClusters())).map(({ id }) => id)).toContain(cluster.id);
    const events = await ok(client.listEvents({ clusterId: cluster.id }));
    expect(events.map(({ name }) => name)).toContain('ignition_generated');
    await deleteBoth(infraEnv.id, cluster.id);
  });

  it('takes a DisconnectedCluster the same way', async () => {
    const cluster = await ok(client.registerDisconnectedCluster({ name: 'edge', openshift_version: '4.20' }));
    expect([cluster.kind, cluster.status]).toEqual(['DisconnectedCluster', 'unmonitored']);
    const infraEnv = await downloadFor(cluster);

    const refused = await client.updateCluster(cluster.id, { base_dns_domain: 'example.org' });
    if (refused.status !== 409) throw new Error(`status ${refused.status}`);
    expect(refused.data).toMatchObject({ id: 409, code: '409', reason: expect.stringContaining('unmonitored state') });
    await deleteBoth(infraEnv.id, cluster.id);
  });
});
