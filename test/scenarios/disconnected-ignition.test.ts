import { describe, expect, it } from 'vitest';
import { type Generation, traitsOf } from '#local/sample-release/openshift-install/traits.ts';
import { decodeFile, hasFile } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { expectCarried, sshKeysIn } from './carried.ts';
import {
  countEvents,
  createBoth,
  createCluster,
  createInfraEnv,
  disconnected,
  download,
  eventsOf,
  ignitionPath,
  pullSecretOf,
  sshKey,
} from './client.ts';
import { generations, runningStack } from './stack.ts';
import { expectTokensVerified } from './tokens.ts';

const { api } = await runningStack({ installers: generations, authentication: 'jwt' });

describe('somebody who wants a disconnected ISO', () => {
  it('registers a cluster, registers an infra-env, sees the cluster disconnected, downloads the ignition', async () => {
    const cluster = await api.post('/v2/clusters', {
      name: 'edge',
      openshift_version: '4.20',
      pull_secret: pullSecretOf('for the cluster'),
    });
    expect(cluster.status).toBe(201);
    expect(cluster.body).toMatchObject({ status: 'insufficient', openshift_version: '4.20.3' });
    const clusterId = cluster.body.id;

    const key = sshKey('me@edge');
    const infraEnv = await api.post('/v2/infra-envs', disconnected(clusterId, { ssh_authorized_key: key }));
    expect(infraEnv.status).toBe(201);
    expect(infraEnv.body).toMatchObject({ type: 'disconnected-iso', cluster_id: clusterId, ssh_authorized_key: key });

    expect((await api.get(`/v2/clusters/${clusterId}`)).body).toMatchObject({
      status: 'disconnected',
      status_info: 'Cluster is used for disconnected ISO configuration',
    });

    const file = await download(api, infraEnv.body.id);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="discovery.ign"');
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(sshKeysIn(file.text)).toEqual([key]);
    expect(JSON.parse(decodeFile(file.text, '/root/.docker/config.json'))).toHaveProperty(['auths', 'quay.io']);

    const names = async () => (await eventsOf(api, `cluster_id=${clusterId}`)).map(({ name }) => name).toSorted();
    await expect
      .poll(names)
      .toEqual([
        'cluster_registration_succeeded',
        'cluster_status_updated',
        'ignition_generated',
        'infra_env_registered',
      ]);
  });

  it('gets the link as JSON too', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    const { status, body } = await api.get(ignitionPath(infraEnvId).replace('/files?', '/files-presigned?'));
    expect(status).toBe(200);
    expect(Date.parse(body.expires_at)).toBeGreaterThan(Date.now());
    expect((await fetch(body.url)).status).toBe(200);
  });

  it('may take a DisconnectedCluster instead, which is unmonitored and stays so', async () => {
    const cluster = await api.post('/v2/clusters/disconnected', { name: 'dc', openshift_version: '4.21' });
    expect(cluster.body).toMatchObject({
      kind: 'DisconnectedCluster',
      status: 'unmonitored',
      openshift_version: '4.21.9',
    });
    const infraEnvId = await createInfraEnv(api, cluster.body.id);
    expect((await download(api, infraEnvId)).status).toBe(200);
    expect((await api.get(`/v2/clusters/${cluster.body.id}`)).body.status).toBe('unmonitored');
    expect(await countEvents(api, `cluster_id=${cluster.body.id}`, 'cluster_status_updated')).toBe(0);
  });

  it('may register several infra-envs for one cluster', async () => {
    const { clusterId, infraEnvId } = await createBoth(api, '4.20');
    const second = await createInfraEnv(api, clusterId, { cpu_architecture: 'x86_64', name: 'second' });
    expect((await api.get(`/v2/infra-envs?cluster_id=${clusterId}`)).body.map(({ id }: { id: string }) => id)).toEqual([
      infraEnvId,
      second,
    ]);
    expect(await countEvents(api, `cluster_id=${clusterId}`, 'cluster_status_updated')).toBe(1);
  });
});

/** Where the binary does not, the base ignition of the ISO names them. */
const readsMirrors = (generation: Generation): boolean => traitsOf[generation].readsMirror;

describe.each(Object.entries(generations))('the ignition of %s ($generation)', (version, { generation }) => {
  const keys = [sshKey('one'), sshKey('two')];

  it('holds every SSH key as an entry of its own, the pull secret, and the markers of the interactive flow once', async () => {
    const { infraEnvId } = await createBoth(api, version, { ssh_authorized_key: `${keys.join('\n')}\n` });
    const { text } = await download(api, infraEnvId);
    expectCarried(text, { infraEnvId, sshKeys: keys, login: 'user:password' });
    expectTokensVerified(text);
  });

  it('names the two fixed mirrors where the binary takes them', async () => {
    const { infraEnvId } = await createBoth(api, version);
    const { text } = await download(api, infraEnvId);
    expect(hasFile(text, '/etc/containers/registries.conf')).toBe(readsMirrors(generation));
    if (!readsMirrors(generation)) return;
    const conf = decodeFile(text, '/etc/containers/registries.conf');
    for (const name of ['release-images', 'release']) {
      expect(conf).toContain(`"registry.appliance.openshift.com:5000/openshift/${name}"`);
    }
  });
});

describe('a discovery.ign', () => {
  it('stays the same bytes with the same Last-Modified until a change that matters', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    const first = await download(api, infraEnvId);
    await api.patch(`/v2/infra-envs/${infraEnvId}`, {});
    const again = await download(api, infraEnvId);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('last-modified')).toBe(first.headers.get('last-modified'));

    const key = sshKey('new');
    expect((await api.patch(`/v2/infra-envs/${infraEnvId}`, { ssh_authorized_key: key })).status).toBe(201);
    const changed = await download(api, infraEnvId);
    expect(sshKeysIn(changed.text)).toEqual([key]);

    await api.patch(`/v2/infra-envs/${infraEnvId}`, { pull_secret: pullSecretOf('another') });
    const { text } = await download(api, infraEnvId);
    expect(decodeFile(text, '/root/.docker/config.json')).toContain(Buffer.from('user:another').toString('base64'));
  });

  it('is the same for 20 who ask first at the same time', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    await api.patch(`/v2/infra-envs/${infraEnvId}`, { ssh_authorized_key: sshKey('crowd') });
    const files = await Promise.all(Array.from({ length: 20 }, () => download(api, infraEnvId)));
    expect(new Set(files.map(({ text }) => text)).size).toBe(1);
    expect(new Set(files.map(({ headers }) => headers.get('last-modified'))).size).toBe(1);
    expect(await countEvents(api, `infra_env_id=${infraEnvId}`, 'ignition_generated')).toBeLessThanOrEqual(2);
  });
});

describe('25 registrations for one cluster at the same time', () => {
  it('succeed, or are told to ask again and leave nothing; with one transition and one event', async () => {
    const clusterId = await createCluster(api, '4.20');
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, n) => api.post('/v2/infra-envs', disconnected(clusterId, { name: `edge-${n}` }))),
    );
    const made = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 503);
    expect([...made, ...refused]).toHaveLength(25);
    expect(made).not.toEqual([]);
    // How many a busy machine refuses is for it to say: what it refuses, it refuses before anything is stored.
    for (const { headers } of refused) expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await api.get(`/v2/infra-envs?cluster_id=${clusterId}`)).body).toHaveLength(made.length);
    expect((await api.get(`/v2/clusters/${clusterId}`)).body.status).toBe('disconnected');
    expect(await countEvents(api, `cluster_id=${clusterId}`, 'cluster_status_updated')).toBe(1);
  });
});

describe('deleting', () => {
  it('the cluster first leaves its infra-envs readable and deletable, but not downloadable', async () => {
    const { clusterId, infraEnvId } = await createBoth(api, '4.20');
    expect((await download(api, infraEnvId)).status).toBe(200);
    expect((await api.delete(`/v2/clusters/${clusterId}`)).status).toBe(204);
    expect((await api.get(`/v2/clusters/${clusterId}`)).status).toBe(404);
    expect(await api.get(ignitionPath(infraEnvId))).toMatchObject({
      status: 409,
      body: { reason: expect.stringMatching(/is gone/) },
    });
    expect((await api.get(`/v2/infra-envs?cluster_id=${clusterId}`)).body).toHaveLength(1);
    expect((await api.delete(`/v2/infra-envs/${infraEnvId}`)).status).toBe(204);
    expect((await api.get(`/v2/infra-envs/${infraEnvId}`)).status).toBe(404);
  });

  it('an infra-env ends the links to its files', async () => {
    const { infraEnvId } = await createBoth(api, '4.20');
    const link = (await api.get(ignitionPath(infraEnvId))).headers.get('location') ?? '';
    expect((await fetch(link)).status).toBe(200);
    await api.delete(`/v2/infra-envs/${infraEnvId}`);
    expect((await fetch(link)).status).toBe(404);
  });
});

describe('somebody else', () => {
  it('sees and gets nothing of it', async () => {
    const { clusterId, infraEnvId } = await createBoth(api, '4.20');
    const bob = api.as('bob');
    const notFound = { status: 404, body: { reason: 'Object Not Found' } };
    expect(await bob.get(`/v2/clusters/${clusterId}`)).toMatchObject(notFound);
    expect(await bob.get(`/v2/infra-envs/${infraEnvId}`)).toMatchObject(notFound);
    expect(await bob.get(ignitionPath(infraEnvId))).toMatchObject(notFound);
    expect(await bob.post('/v2/infra-envs', disconnected(clusterId))).toMatchObject(notFound);
    expect((await bob.get('/v2/clusters')).body).toEqual([]);
    expect((await bob.get('/v2/infra-envs')).body).toEqual([]);
    expect((await bob.get(`/v2/events?infra_env_id=${infraEnvId}`)).body).toEqual([]);
  });
});
