import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { clusterRow, infraEnv, text, versions } from '#test/clients/web-ui.ts';
import { pullSecret, sshKey } from '#test/scenarios/client.ts';
import { generations, runningStack } from '#test/scenarios/stack.ts';
import { decodeFile } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { sshKeysIn } from '../carried.ts';
import { replayTo } from './replay.ts';

const origin = 'https://ui.example.org';
const { url } = await runningStack({
  installers: { '4.21.2': generations['4.21.2'] },
  allowedDomains: origin,
});
const send = replayTo(url, { accept: 'application/json, text/plain, */*', origin });

const disconnectedUrl = (version: string): RegExp =>
  new RegExp(`^${url}/images/by(id|token|apikey)/[^/]+/${version.replaceAll('.', '\\.')}/x86_64/disconnected\\.iso$`);

const key = sshKey('me@edge');

/** Rows 6 and 7: what "Next" of the first page sends. */
const register = async (fields: object = {}) => {
  const cluster = await send({
    request: 'POST /v2/clusters/disconnected',
    body: { name: 'disconnected-cluster', openshift_version: '4.21' },
    status: 201,
    needs: z.looseObject({ id: z.guid() }),
  });
  const created = await send({
    request: 'POST /v2/infra-envs/',
    body: {
      name: 'disconnected-infra-env',
      pull_secret: pullSecret,
      cluster_id: cluster.id,
      image_type: 'disconnected-iso',
      openshift_version: '4.21',
      ...fields,
    },
    status: 201,
    needs: infraEnv,
  });
  return { clusterId: String(cluster.id), infraEnv: created };
};

const remove = async (clusterId: string): Promise<void> => {
  await send({ request: `GET /v2/clusters/${clusterId}`, status: 200, needs: clusterRow });
  const request = `GET /v2/infra-envs/?cluster_id=${clusterId}`;
  for (const { id } of await send({ request, status: 200, needs: z.array(infraEnv) })) {
    await send({ request: `DELETE /v2/infra-envs/${id}`, status: 204 });
  }
  await send({ request: `DELETE /v2/clusters/${clusterId}`, status: 204 });
};

describe('the disconnected wizard of the web UI', () => {
  it.each([
    ['GET /v2/clusters/', z.array(clusterRow)],
    ['GET /v2/clusters//default-config', z.looseObject({ cluster_network_cidr: text, service_network_cidr: text })],
    ['GET /v2/openshift-versions?only_latest=false', versions],
    ['GET /v2/openshift-versions?only_latest=true', versions],
    ['GET /v2/offline-openshift-versions', versions],
    ['GET /v2/offline-openshift-versions?version=4.21', versions],
    ['GET /v2/domains', z.array(z.unknown())],
    [
      'GET /v2/support-levels/features?openshift_version=4.21&cpu_architecture=x86_64',
      z.looseObject({ features: z.record(z.string(), z.string()) }),
    ],
  ])('opens with %s', async (request, needs) => {
    await send({ request, status: 200, needs });
  });

  it('ends with a downloadable ignition and the URL of an ISO', async () => {
    const { clusterId, infraEnv: created } = await register({ ssh_authorized_key: key });
    expect(created).toMatchObject({ ssh_authorized_key: key, cpu_architecture: 'x86_64' });
    expect(created.download_url).toMatch(disconnectedUrl(created.openshift_version));

    const file = `${url}/api/assisted-install/v2/infra-envs/${created.id}/downloads/files?file_name=discovery.ign`;
    const ignition = await (await fetch(file)).text();
    expect(sshKeysIn(ignition)).toEqual([key]);
    await remove(clusterId);
  });

  it('goes back and forth: the answer to each change is the whole infra-env again', async () => {
    const { clusterId, infraEnv: created } = await register({ ssh_authorized_key: key });
    const change = (body: object) =>
      send({ request: `PATCH /v2/infra-envs/${created.id}`, body, status: 201, needs: infraEnv });

    const cleared = await change({ ssh_authorized_key: '' });
    expect(cleared.ssh_authorized_key ?? '').toBe('');
    expect(cleared.download_url).toBe(created.download_url);

    const changed = await change({
      ssh_authorized_key: key,
      proxy: { http_proxy: 'http://proxy.example.org:3128', https_proxy: '', no_proxy: '' },
      additional_ntp_sources: 'ntp.example.org',
      rendezvous_ip: '192.0.2.10',
      static_network_config: [],
    });
    expect(changed).toMatchObject({
      ssh_authorized_key: key,
      download_url: created.download_url,
      proxy: { http_proxy: 'http://proxy.example.org:3128' },
      additional_ntp_sources: 'ntp.example.org',
      rendezvous_ip: '192.0.2.10',
    });
    expect(await change({ rendezvous_ip: '' })).not.toHaveProperty('rendezvous_ip');
    await remove(clusterId);
  });

  it('probes the download, is told what is missing, and is kept from loading an ISO into memory', async () => {
    const { clusterId, infraEnv: created } = await register();
    const headers = { origin };
    const probe = await fetch(created.download_url, { method: 'HEAD', headers });
    const answer = await fetch(created.download_url, { headers });
    expect([probe.status, answer.status]).toEqual([409, 409]);
    expect(await answer.text()).toMatch(/base ISO.*4\.21\.2|4\.21\.2.*base ISO/);
    for (const each of [probe, answer]) expect(each.headers.get('access-control-allow-origin')).toBeNull();
    await remove(clusterId);
  });

  it('registers a second cluster of the same name when it is retried', async () => {
    const [first, second] = [await register(), await register()];
    expect(first.clusterId).not.toBe(second.clusterId);
    const list = await send({ request: 'GET /v2/clusters/', status: 200, needs: z.array(clusterRow) });
    expect(list.filter(({ name }: { name: string }) => name === 'disconnected-cluster')).toHaveLength(2);
    for (const { clusterId } of [first, second]) await remove(clusterId);
  });

  it('has a text to show when it is refused', async () => {
    const { clusterId, infraEnv: created } = await register();
    const refused = await send({
      request: `PATCH /v2/infra-envs/${created.id}`,
      body: { ssh_authorized_key: 'not a key' },
      status: 400,
      needs: z.union([z.looseObject({ message: text }), z.looseObject({ reason: text })]),
    });
    expect(refused.message ?? refused.reason).toContain('SSH key');
    await remove(clusterId);
  });
});

describe('the pages of a cluster in the web UI', () => {
  it('read it, its infra-envs and the settings that the UI keeps', async () => {
    const { clusterId, infraEnv: created } = await register();
    const [cluster, list] = [`GET /v2/clusters/${clusterId}`, `GET /v2/infra-envs/?cluster_id=${clusterId}`];
    for (const _ of ['now', '10 s later']) await send({ request: cluster, status: 200, needs: clusterRow });
    await send({ request: list, status: 200, needs: z.array(infraEnv).length(1) });
    await send({ request: `GET /v2/infra-envs/${created.id}`, status: 200, needs: infraEnv });
    await send({ request: `GET /v2/clusters/${clusterId}/ui-settings`, status: 200, needs: z.string() });
    await send({ request: `GET /v2/clusters/${clusterId}/manifests`, status: 200, needs: z.array(z.unknown()) });
    await remove(clusterId);
  });

  it('list a plain cluster that became disconnected', async () => {
    const cluster = await send({
      request: 'POST /v2/clusters',
      body: { name: 'edge', openshift_version: '4.21', pull_secret: pullSecret },
      status: 201,
      needs: clusterRow,
    });
    const created = await send({
      request: 'POST /v2/infra-envs/',
      body: { name: 'edge', pull_secret: pullSecret, cluster_id: cluster.id, image_type: 'disconnected-iso' },
      status: 201,
      needs: infraEnv,
    });
    const list = await send({ request: 'GET /v2/clusters/', status: 200, needs: z.array(clusterRow) });
    expect(list.find(({ id }: { id: string }) => id === cluster.id).status).toBe('disconnected');
    const file = `${url}/api/assisted-install/v2/infra-envs/${created.id}/downloads/files?file_name=discovery.ign`;
    expect(decodeFile(await (await fetch(file)).text(), '/root/.docker/config.json')).toContain('quay.io');
    await remove(cluster.id);
  });
});
