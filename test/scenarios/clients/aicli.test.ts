import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { modelsFor } from '#test/clients/published/models.ts';
import { generatedDefaults } from '#test/contract/published-contract.ts';
import { pullSecret, sshKey } from '#test/scenarios/client.ts';
import { generations, runningStack } from '#test/scenarios/stack.ts';
import { sshKeysIn } from '../carried.ts';
import { replayTo } from './replay.ts';

const { url } = await runningStack({ installers: { '4.20.3': generations['4.20.3'] } });

// Its token comes without `Bearer`.
const send = replayTo(url, { accept: 'application/json', authorization: 'a-token-from-the-environment' });

const models = modelsFor('python');
/** The published list of statuses lacks `disconnected`; whoever uses aicli unchanged reads it in lists, as raw JSON. */
const rawCluster = models.cluster.extend({ status: z.string() });
const infraEnv = models.infraEnv.extend({ download_url: z.url(), openshift_version: z.string() });

/** In lists there may be some of a type whose ISO another service makes. */
const withoutImage = infraEnv.extend({ download_url: z.undefined().optional() });

const name = 'edge';
const key = sshKey('me@edge');

/** A cluster's body as the generated client sends it: what aicli asks for, and every default of the published API. */
const newCluster = {
  ...generatedDefaults('POST /v2/clusters'),
  name,
  openshift_version: '4.20',
  pull_secret: pullSecret,
  ssh_public_key: key,
  base_dns_domain: 'karmalabs.corp',
  olm_operators: [],
};

const newInfraEnv = (clusterId: string) => ({
  ...generatedDefaults('POST /v2/infra-envs'),
  name: `${name}_infra-env`,
  cluster_id: clusterId,
  pull_secret: pullSecret,
  ssh_authorized_key: key,
  image_type: 'disconnected-iso',
  openshift_version: '4.20',
});

const listClusters = () => send({ request: 'GET /v2/clusters', status: 200, needs: z.array(rawCluster) });
const listInfraEnvs = () =>
  send({ request: 'GET /v2/infra-envs', status: 200, needs: z.array(z.union([infraEnv, withoutImage])) });

/** `aicli create cluster edge -P image_type=disconnected-iso …` */
const create = async () => {
  await listClusters();
  const { id } = await send({ request: 'POST /v2/clusters', body: newCluster, status: 201, needs: models.cluster });
  await listClusters();
  await send({ request: `GET /v2/clusters/${id}`, status: 200, needs: models.cluster });
  await listInfraEnvs();
  const body = newInfraEnv(id);
  const created = await send({ request: 'POST /v2/infra-envs', body, status: 201, needs: infraEnv });
  return { clusterId: String(id), infraEnv: created };
};

/** `aicli delete cluster edge`: the cluster before its infra-env. */
const remove = async (clusterId: string): Promise<void> => {
  await listClusters();
  await send({ request: `GET /v2/clusters/${clusterId}`, status: 200, needs: rawCluster });
  await send({ request: `DELETE /v2/clusters/${clusterId}`, status: 204 });
  for (const { id } of (await listInfraEnvs()).filter(
    (each: { cluster_id: string }) => each.cluster_id === clusterId,
  )) {
    await send({ request: `DELETE /v2/infra-envs/${id}`, status: 204 });
  }
  expect((await listInfraEnvs()).map(({ cluster_id }: { cluster_id: string }) => cluster_id)).not.toContain(clusterId);
};

describe('aicli', () => {
  it('create cluster: one command is the whole flow', async () => {
    const { clusterId, infraEnv: created } = await create();
    expect(created).toMatchObject({ cluster_id: clusterId, type: 'disconnected-iso' });
    const cluster = await send({ request: `GET /v2/clusters/${clusterId}`, status: 200, needs: rawCluster });
    const { pull_secret: _, olm_operators: __, ...shown } = newCluster;
    expect(cluster).toMatchObject({ ...shown, openshift_version: '4.20.3', status: 'disconnected' });
    await remove(clusterId);
  });

  it('list clusters, list infraenvs: each has what its row shows, and an unbound one no cluster_id', async () => {
    const { clusterId, infraEnv: created } = await create();
    const { cluster_id: _, ...unbound } = { ...newInfraEnv(''), image_type: 'full-iso' };
    const free = await send({ request: 'POST /v2/infra-envs', body: unbound, status: 201, needs: withoutImage });
    expect((await listClusters()).map(({ id }: { id: string }) => id)).toContain(clusterId);
    const bound = Object.fromEntries(
      (await listInfraEnvs()).map((each: { id: string }) => [each.id, 'cluster_id' in each]),
    );
    expect(bound).toMatchObject({ [created.id]: true, [free.id]: false });
    await send({ request: `DELETE /v2/infra-envs/${free.id}`, status: 204 });
    await remove(clusterId);
  });

  it('info infraenv, info iso, download iso: the ISO is at download_url', async () => {
    const { clusterId, infraEnv: created } = await create();
    await listInfraEnvs();
    const shown = await send({ request: `GET /v2/infra-envs/${created.id}`, status: 200, needs: infraEnv });
    expect(shown.download_url).toBe(created.download_url);
    const answer = await fetch(shown.download_url);
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('4.20.3')]);
    await remove(clusterId);
  });

  it('update cluster, update infraenv', async () => {
    const body = { name: 'other', openshift_version: '4.20' };
    const request = 'POST /v2/clusters';
    const { id } = await send({ request, body: { ...newCluster, ...body }, status: 201, needs: models.cluster });
    await listClusters();
    const update = { base_dns_domain: 'example.org' };
    const updated = { request: `PATCH /v2/clusters/${id}`, body: update, status: 201, needs: models.cluster };
    expect(await send(updated)).toMatchObject(update);

    const { clusterId, infraEnv: created } = await create();
    await listInfraEnvs();
    const change = { additional_ntp_sources: 'ntp.example.org' };
    const changed = { request: `PATCH /v2/infra-envs/${created.id}`, body: change, status: 201, needs: infraEnv };
    expect(await send(changed)).toMatchObject(change);
    await remove(clusterId);
    await remove(id);
  });

  it('download discovery-ignition: follows the redirect', async () => {
    const { clusterId, infraEnv: created } = await create();
    const path = `/api/assisted-install/v2/infra-envs/${created.id}/downloads/files?file_name=discovery.ign`;
    const answer = await fetch(`${url}${path}`, { headers: { accept: 'application/octet-stream' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
    expect(sshKeysIn(await answer.text())).toEqual([key]);
    await remove(clusterId);
  });

  it.each([
    [
      'GET /v2/component-versions',
      z.looseObject({ versions: z.record(z.string(), z.string()), release_tag: z.string() }),
    ],
    ['GET /v2/openshift-versions', z.record(z.string(), models.version)],
    ['GET /v2/supported-operators', z.array(z.string())],
  ])('info service: %s', async (request, needs) => {
    await send({ request, status: 200, needs });
  });

  it('list events', async () => {
    const { clusterId } = await create();
    const request = `GET /v2/events?cluster_id=${clusterId}`;
    const events = await send({ request, status: 200, needs: z.array(models.event).min(1) });
    expect(events.map((event: { name: string }) => event.name)).toContain('infra_env_registered');
    await remove(clusterId);
  });
});
