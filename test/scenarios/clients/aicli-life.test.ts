import { expect, it } from 'vitest';
import * as z from 'zod';
import { modelsFor } from '#test/clients/published/models.ts';
import { generatedDefaults } from '#test/contract/published-contract.ts';
import { eventsOf, pullSecret, sshKey } from '#test/scenarios/client.ts';
import { generations, runningStack } from '#test/scenarios/stack.ts';
import { sshKeysIn } from '../carried.ts';
import { replayTo } from './replay.ts';

const { url, api } = await runningStack({
  installers: { '4.20.3': generations['4.20.3'] },
  statusNames: 'published',
});
const send = replayTo(url, { accept: 'application/json', authorization: 'a-token-from-the-environment' });

/** As the unchanged client reads them: a status outside the published list raises an error. */
const { cluster, infraEnv } = modelsFor('python');
const key = sshKey('me@edge');

const create = async () => {
  const body = {
    ...generatedDefaults('POST /v2/clusters'),
    name: 'edge',
    openshift_version: '4.20',
    pull_secret: pullSecret,
    base_dns_domain: 'karmalabs.corp',
  };
  const { id } = await send({ request: 'POST /v2/clusters', body, status: 201, needs: cluster });
  const made = await send({
    request: 'POST /v2/infra-envs',
    body: {
      ...generatedDefaults('POST /v2/infra-envs'),
      name: 'edge_infra-env',
      cluster_id: id,
      pull_secret: pullSecret,
      image_type: 'disconnected-iso',
      openshift_version: '4.20',
    },
    status: 201,
    needs: infraEnv,
  });
  return { id: String(id), infraEnvId: String(made.id) };
};

const info = async (id: string) => {
  await send({ request: 'GET /v2/clusters', status: 200, needs: z.array(cluster) });
  return send({ request: `GET /v2/clusters/${id}`, status: 200, needs: cluster });
};

it('the unchanged aicli leads a cluster from its creation to its end, where statuses are the published ones', async () => {
  const { id, infraEnvId } = await create();
  expect(await info(id)).toMatchObject({
    status: 'unmonitored',
    status_info: 'Cluster is used for disconnected ISO configuration (status disconnected)',
  });
  expect((await eventsOf(api, `cluster_id=${id}`)).map(({ message }) => message)).toContain(
    'Updated status of the cluster to disconnected',
  );

  const change = { ssh_authorized_key: key };
  await send({ request: `PATCH /v2/infra-envs/${infraEnvId}`, body: change, status: 201, needs: infraEnv });
  // A container of settings for its ISOs: unlike the original's `unmonitored`, it takes changes, and keeps its status.
  const tagged = await send({ request: `PATCH /v2/clusters/${id}`, body: { tags: 'a' }, status: 201, needs: cluster });
  expect(tagged).toMatchObject({ status: 'unmonitored', tags: 'a' });

  const file = `/api/assisted-install/v2/infra-envs/${infraEnvId}/downloads/files?file_name=discovery.ign`;
  const ignition = await fetch(`${url}${file}`, { headers: { accept: 'application/octet-stream' } });
  expect(sshKeysIn(await ignition.text())).toEqual([key]);

  await info(id);
  await send({ request: `DELETE /v2/clusters/${id}`, status: 204 });
  await send({ request: 'GET /v2/infra-envs', status: 200, needs: z.array(infraEnv) });
  await send({ request: `DELETE /v2/infra-envs/${infraEnvId}`, status: 204 });
  expect(await send({ request: 'GET /v2/clusters', status: 200, needs: z.array(cluster) })).toEqual([]);
});
