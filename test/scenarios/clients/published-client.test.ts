import { describe, expect, it } from 'vitest';
import { DeclaredError, type PublishedClient, publishedClient } from '#test/clients/published/client.ts';
import { pullSecret, sshKey } from '#test/scenarios/client.ts';
import { generations, runningStack } from '#test/scenarios/stack.ts';
import { sshKeysIn } from '../carried.ts';

const { url } = await runningStack({ installers: { '4.20.3': generations['4.20.3'] } });
const go = publishedClient(url, 'go');
const python = publishedClient(url, 'python');

const newCluster = { name: 'edge', openshift_version: '4.20', pull_secret: pullSecret };

/** Create, list, get, update and download of an infra-env. */
const useInfraEnv = async (client: PublishedClient, clusterId: string): Promise<string> => {
  const key = sshKey('me@edge');
  const body = { name: 'edge', cluster_id: clusterId, image_type: 'disconnected-iso', pull_secret: pullSecret };
  const { id, download_url } = await client('RegisterInfraEnv', { body });
  const listed = await client('ListInfraEnvs', { query: { cluster_id: clusterId } });
  expect(listed.map((infraEnv) => infraEnv.id)).toEqual([id]);

  const updated = await client('UpdateInfraEnv', { id, body: { ssh_authorized_key: key } });
  expect(updated).toMatchObject({ ssh_authorized_key: key, download_url });
  expect(await client('GetInfraEnv', { id })).toEqual(updated);

  const query = { file_name: 'discovery.ign' };
  const ignition = new TextDecoder().decode(await client('v2DownloadInfraEnvFiles', { id, query }));
  expect(sshKeysIn(ignition)).toEqual([key]);
  const presigned = await client('GetInfraEnvPresignedFileURL', { id, query });
  expect(await (await fetch(presigned.url)).text()).toBe(ignition);
  expect((await client('GetInfraEnvDownloadURL', { id })).url).toBe(download_url);
  return id;
};

const deleteBoth = async (client: PublishedClient, clusterId: string, infraEnvId: string): Promise<void> => {
  await client('DeregisterInfraEnv', { id: infraEnvId });
  await client('v2DeregisterCluster', { id: clusterId });
  await expect(client('v2GetCluster', { id: clusterId })).rejects.toEqual(new DeclaredError(404, 'record not found'));
  await expect(client('GetInfraEnv', { id: infraEnvId })).rejects.toEqual(new DeclaredError(404, 'record not found'));
};

describe.each([
  ['Go', go],
  ['Python', python],
] as const)('a client generated in %s from the published API', (_, client) => {
  it('creates, lists, gets, updates and deletes a cluster', async () => {
    const { id } = await client('v2RegisterCluster', { body: newCluster });
    expect((await client('v2ListClusters')).map((cluster) => cluster.id)).toContain(id);
    const updated = await client('V2UpdateCluster', { id, body: { base_dns_domain: 'example.org' } });
    expect(await client('v2GetCluster', { id })).toEqual({ ...updated, image_info: expect.anything() });
    await client('v2DeregisterCluster', { id });
  });

  it('takes a DisconnectedCluster all the way', async () => {
    const body = { name: 'edge', openshift_version: '4.20' };
    const { id } = await client('v2RegisterDisconnectedCluster', { body });
    const infraEnvId = await useInfraEnv(client, id);
    expect((await client('v2ListClusters')).map((cluster) => cluster.id)).toContain(id);
    expect(await client('v2GetCluster', { id })).toMatchObject({ kind: 'DisconnectedCluster', status: 'unmonitored' });
    expect((await client('v2ListEvents', { query: { cluster_id: id } })).length).toBeGreaterThan(0);
    await deleteBoth(client, id, infraEnvId);
  });

  it('reads what the service knows', async () => {
    expect(Object.keys(await client('v2ListSupportedOpenshiftVersions'))).toEqual(['4.20.3']);
    expect(Object.keys((await client('v2ListComponentVersions')).versions)).not.toEqual([]);
    expect(await client('v2ListSupportedOperators')).toContain('lso');
  });

  it.each([
    [
      'a missing name',
      'v2RegisterCluster',
      { body: { ...newCluster, name: undefined } },
      400,
      'name in body is required',
    ],
    ['a bad name', 'v2RegisterCluster', { body: { ...newCluster, name: 'Edge' } }, 400, 'Cluster name format is not'],
    ['no such cluster', 'v2GetCluster', { id: crypto.randomUUID() }, 404, 'record not found'],
    ['no such infra-env', 'UpdateInfraEnv', { id: crypto.randomUUID(), body: {} }, 404, 'record not found'],
  ] as const)('can read the refusal of %s', async (_what, name, call, status, text) => {
    await expect(client(name, call)).rejects.toMatchObject({ status, message: expect.stringContaining(text) });
  });

  it('can read why a DisconnectedCluster cannot be updated', async () => {
    const { id } = await client('v2RegisterDisconnectedCluster', { body: { name: 'edge', openshift_version: '4.20' } });
    const update = client('V2UpdateCluster', { id, body: { name: 'other' } });
    await expect(update).rejects.toMatchObject({ status: 409, message: expect.stringContaining('unmonitored state') });
    await client('v2DeregisterCluster', { id });
  });
});

describe('a plain cluster that became disconnected', () => {
  it('is nothing new to a client in Go', async () => {
    const { id } = await go('v2RegisterCluster', { body: newCluster });
    const infraEnvId = await useInfraEnv(go, id);
    expect(await go('v2GetCluster', { id })).toMatchObject({ kind: 'Cluster', status: 'disconnected' });
    expect((await go('v2ListClusters')).map((cluster) => cluster.id)).toContain(id);
    await deleteBoth(go, id, infraEnvId);
  });

  it('makes a client in Python stumble over its status, which the published list lacks, and over nothing else', async () => {
    const { id } = await python('v2RegisterCluster', { body: newCluster });
    const infraEnvId = await useInfraEnv(python, id);
    await expect(python('v2GetCluster', { id })).rejects.toMatchObject({ issues: [{ path: ['status'] }] });
    await deleteBoth(python, id, infraEnvId);
  });
});
