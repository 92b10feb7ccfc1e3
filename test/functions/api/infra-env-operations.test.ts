import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { failure } from '#domain/errors.ts';
import { canary, eventNames, newInfraEnv, pullSecret, registerCluster, world } from './world.ts';

const { serve, dependencies, deeds, logger, table } = await world();
const call = serve();

/** In these tests nobody runs the state machine: an unbound infra-env of another type is visible at once. */
const registerUnbound = async (fields: object = {}) =>
  (await call('POST', '/v2/infra-envs', newInfraEnv(undefined, fields))).body;

const stored = async (id: string) =>
  (
    await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: { pk: `infra-env#${id}`, sk: 'infra-env' } }),
    )
  ).Item;

beforeEach(() => {
  deeds.length = 0;
});

describe('registering an infra-env of type disconnected-iso', () => {
  it('stores secret and infra-env, then has the cluster marked, then answers', async () => {
    const clusterId = await registerCluster(call);
    const { status, body } = await call('POST', '/v2/infra-envs', newInfraEnv(clusterId));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'InfraEnv',
      type: 'disconnected-iso',
      cluster_id: clusterId,
      openshift_version: '4.20.3',
      cpu_architecture: 'x86_64',
      pull_secret_set: true,
      proxy: {},
    });
    expect(deeds.map(([deed]) => deed)).toEqual(['store secret', 'mark']);
    expect(await stored(body.id)).toMatchObject({ registration: 'registering' });
    expect(await eventNames(call, `cluster_id=${clusterId}`)).toContain('infra_env_registered');
  });

  it.each([
    [{}, true],
    [{ image_type: 'full-iso' }, false],
  ])('with %j warns whoever meant another type: %s', async ({ image_type }: { image_type?: string }, warned) => {
    const clusterId = await registerCluster(call);
    const { image_type: _, ...fields } = newInfraEnv(clusterId);
    await call('POST', '/v2/infra-envs', { ...fields, ...(image_type === undefined ? {} : { image_type }) });
    const names = await eventNames(call, `cluster_id=${clusterId}`);
    expect(names.includes('infra_env_without_image_type')).toBe(warned);
  });

  it('warns after it has said that the infra-env is registered, also within one millisecond', async () => {
    const clusterId = await registerCluster(call);
    const now = new Date();
    const events: { name: string; eventTime: string }[] = [];
    const add: typeof dependencies.events.add = async (event) => void events.push(event);
    const frozen = serve({ clock: () => now, events: { ...dependencies.events, add } });
    const { image_type: _, ...fields } = newInfraEnv(clusterId);
    await frozen('POST', '/v2/infra-envs', fields);
    const times = Object.fromEntries(events.map(({ name, eventTime }) => [name, Date.parse(eventTime)]));
    expect(times).toEqual({
      infra_env_registered: now.getTime(),
      infra_env_without_image_type: now.getTime() + 1,
    });
  });

  it.each(['IllegalTransition', 'ClusterGone', 'RegistrationExpired'] as const)(
    'leaves nothing behind when the workflow ends in %s, and tells of it',
    async (name) => {
      const clusterId = await registerCluster(call);
      const markAsDisconnected = async () => {
        throw name === 'IllegalTransition'
          ? failure(name, { id: clusterId, status: 'ready', to: 'disconnected' })
          : failure(name, { id: clusterId });
      };
      const refused = serve({ workflows: { ...dependencies.workflows, markAsDisconnected } });
      expect((await refused('POST', '/v2/infra-envs', newInfraEnv(clusterId))).status).toBe(409);
      expect(deeds.map(([deed]) => deed)).toEqual(['store secret', 'remove secret']);
      expect((await call('GET', `/v2/infra-envs?cluster_id=${clusterId}`)).body).toEqual([]);
      expect(await eventNames(call, `cluster_id=${clusterId}`)).toContain('infra_env_registration_failed');
    },
  );

  it('leaves an invisible registration that expires when even the clean-up fails', async () => {
    const clusterId = await registerCluster(call);
    const broken = () => Promise.reject(new Error('the function was killed'));
    const dying = serve({
      workflows: { ...dependencies.workflows, markAsDisconnected: broken },
      infraEnvs: { ...dependencies.infraEnvs, remove: broken },
    });
    expect((await dying('POST', '/v2/infra-envs', newInfraEnv(clusterId))).status).toBe(500);
    expect((await call('GET', `/v2/infra-envs?cluster_id=${clusterId}`)).body).toEqual([]);
    expect(logger.lines.some(({ message }) => message === 'a failed registration was left to expire')).toBe(true);
  });

  it.each([
    [
      'without a cluster',
      { image_type: 'disconnected-iso' },
      400,
      /^cluster_id is required for image_type disconnected-iso/,
    ],
    [
      'for an unknown cluster',
      { cluster_id: '5e2d4b1c-0f5a-4a3e-9c7b-1d2e3f4a5b6c' },
      404,
      /^Cluster ID .* does not exist$/,
    ],
  ])('%s is refused before anything is stored', async (_, fields, status, reason) => {
    const answer = await call('POST', '/v2/infra-envs', newInfraEnv(undefined, fields));
    expect(answer).toMatchObject({ status, body: { reason: expect.stringMatching(reason) } });
    expect(deeds).toEqual([]);
  });

  it.each([
    [
      'that no release can have',
      'riscv64',
      'message',
      'cpu_architecture in body should be one of [x86_64 aarch64 arm64 ppc64le s390x]',
    ],
    ['of another cluster', 'arm64', 'reason', "Specified CPU architecture (arm64) doesn't match the cluster (x86_64)"],
  ])('for an architecture %s is refused', async (_, cpu_architecture, field, text) => {
    const answer = await call('POST', '/v2/infra-envs', newInfraEnv(await registerCluster(call), { cpu_architecture }));
    expect(answer).toMatchObject({ status: 400, body: { [field]: text } });
    expect(deeds).toEqual([]);
  });

  it("for another caller's cluster is refused as if that were not there", async () => {
    const clusterId = await registerCluster(call, 'bob');
    expect(await call('POST', '/v2/infra-envs', newInfraEnv(clusterId))).toMatchObject({
      status: 404,
      body: { reason: 'Object Not Found' },
    });
  });

  it('for a cluster in a status that has no such transition is refused with 409, nothing stored', async () => {
    const clusterId = await registerCluster(call);
    const cluster = await dependencies.clusters.get(clusterId);
    const installed = {
      ...dependencies.clusters,
      get: async () => cluster && { ...cluster, status: 'installed' as const },
    };
    expect(await serve({ clusters: installed })('POST', '/v2/infra-envs', newInfraEnv(clusterId))).toMatchObject({
      status: 409,
      body: { reason: `Cluster ${clusterId} is in installed state and cannot become disconnected` },
    });
    expect(deeds).toEqual([]);
  });

  it('with a bad pull secret says what is wrong and nothing of the secret, nowhere', async () => {
    const clusterId = await registerCluster(call);
    const bad = newInfraEnv(clusterId, { pull_secret: pullSecret.slice(1) });
    const { status, body } = await call('POST', '/v2/infra-envs', bad);
    expect(status).toBe(400);
    expect(body.reason).toBe('pull secret for new infraEnv is invalid: pull secret must be a well-formed JSON');
    const events = (await call('GET', `/v2/events?cluster_id=${clusterId}`)).body;
    expect(JSON.stringify([body, events, logger.lines])).not.toContain(canary);
    expect(deeds).toEqual([]);
  });
});

describe('an infra-env of another type', () => {
  it('is registered without cluster and workflow, for the newest release', async () => {
    const body = await registerUnbound();
    expect(body).toMatchObject({ type: 'full-iso', openshift_version: '4.21.0' });
    expect(body).not.toHaveProperty('cluster_id');
    expect(deeds.map(([deed]) => deed)).toEqual(['store secret']);
    expect((await call('GET', `/v2/infra-envs/${body.id}`)).body).toEqual(body);
    expect((await call('GET', '/v2/infra-envs')).body).toContainEqual(body);
  });
});

describe('changing an infra-env', () => {
  it('answers 201 with the change; what is absent stays, an empty text clears', async () => {
    const { id } = await registerUnbound({ additional_ntp_sources: 'ntp.example.org' });
    const changed = await call('PATCH', `/v2/infra-envs/${id}`, { proxy: { http_proxy: 'http://proxy.example.org' } });
    expect(changed).toMatchObject({
      status: 201,
      body: { additional_ntp_sources: 'ntp.example.org', proxy: { http_proxy: 'http://proxy.example.org' } },
    });
    const cleared = await call('PATCH', `/v2/infra-envs/${id}`, { additional_ntp_sources: '' });
    expect(cleared.body).not.toHaveProperty('additional_ntp_sources');
    expect((await call('GET', `/v2/infra-envs/${id}`)).body).toEqual(cleared.body);
  });

  it('to another pull secret stores the new one beside the old one, switches over, removes the old one', async () => {
    const { id } = await registerUnbound();
    const before = (await stored(id))?.pullSecretId;
    await call('PATCH', `/v2/infra-envs/${id}`, { pull_secret: pullSecret });
    const item = await stored(id);
    expect(item).toMatchObject({ revision: 2 });
    expect(deeds.slice(1)).toEqual([
      ['store secret', item?.pullSecretId],
      ['remove secret', before],
    ]);
  });

  it('that cannot be saved removes the new secret again and keeps the old one', async () => {
    const { id } = await registerUnbound();
    const before = (await stored(id))?.pullSecretId;
    const save = () => Promise.reject(new Error('no table'));
    const broken = serve({ infraEnvs: { ...dependencies.infraEnvs, save } });
    expect((await broken('PATCH', `/v2/infra-envs/${id}`, { pull_secret: pullSecret })).status).toBe(500);
    expect((await stored(id))?.pullSecretId).toBe(before);
    expect(deeds.slice(1)).toEqual([
      ['store secret', expect.not.stringMatching(before)],
      ['remove secret', expect.not.stringMatching(before)],
    ]);
  });

  it('to disconnected-iso needs a cluster', async () => {
    const { id } = await registerUnbound();
    expect((await call('PATCH', `/v2/infra-envs/${id}`, { image_type: 'disconnected-iso' })).status).toBe(400);
  });

  it('to disconnected-iso marks its cluster as a registration does', async () => {
    const clusterId = await registerCluster(call);
    const { id } = await registerUnbound({ cluster_id: clusterId });
    deeds.length = 0;
    const { status, body } = await call('PATCH', `/v2/infra-envs/${id}`, { image_type: 'disconnected-iso' });
    expect(status).toBe(201);
    expect(body.type).toBe('disconnected-iso');
    expect(deeds.map(([deed]) => deed)).toEqual(['extend secret', 'mark']);
  });

  it('whose cluster is gone is refused with 409; deleting it is not', async () => {
    const clusterId = await registerCluster(call);
    const { id } = await registerUnbound({ cluster_id: clusterId });
    await call('DELETE', `/v2/clusters/${clusterId}`);
    expect(await call('PATCH', `/v2/infra-envs/${id}`, { ntp_sources: 'ntp.example.org' })).toMatchObject({
      status: 409,
      body: { reason: expect.stringContaining('is gone') },
    });
    expect((await call('GET', `/v2/infra-envs?cluster_id=${clusterId}`)).body).toHaveLength(1);
    expect((await call('DELETE', `/v2/infra-envs/${id}`)).status).toBe(204);
  });
});

describe('deleting an infra-env', () => {
  it('removes its secret, its artifacts and itself', async () => {
    const { id } = await registerUnbound();
    const secret = (await stored(id))?.pullSecretId;
    deeds.length = 0;
    expect((await call('DELETE', `/v2/infra-envs/${id}`)).status).toBe(204);
    expect(deeds.toSorted()).toEqual([
      ['remove artifacts', id],
      ['remove artifacts', id],
      ['remove secret', secret],
    ]);
    expect(await stored(id)).toBeUndefined();
    expect(await call('GET', `/v2/infra-envs/${id}`)).toMatchObject({
      status: 404,
      body: { reason: 'record not found' },
    });
    expect((await call('DELETE', `/v2/infra-envs/${id}`)).status).toBe(404);
  });

  it('that dies half-way is completed by the next try', async () => {
    const { id } = await registerUnbound();
    const removeAll = () => Promise.reject(new Error('no bucket'));
    expect((await serve({ artifacts: { removeAll } })('DELETE', `/v2/infra-envs/${id}`)).status).toBe(500);
    expect((await call('DELETE', `/v2/infra-envs/${id}`)).status).toBe(204);
  });
});

describe("another caller's infra-env", () => {
  it('cannot be read, changed, deleted or listed', async () => {
    const { id } = await registerUnbound();
    const notFound = { status: 404, body: { reason: 'Object Not Found' } };
    expect(await call('GET', `/v2/infra-envs/${id}`, undefined, 'bob')).toMatchObject(notFound);
    expect(await call('PATCH', `/v2/infra-envs/${id}`, {}, 'bob')).toMatchObject(notFound);
    expect(await call('DELETE', `/v2/infra-envs/${id}`, undefined, 'bob')).toMatchObject(notFound);
    expect((await call('GET', '/v2/infra-envs', undefined, 'bob')).body).toEqual([]);
    expect((await call('GET', `/v2/events?infra_env_id=${id}`, undefined, 'bob')).body).toEqual([]);
  });
});

describe('registering a host', () => {
  it.each([
    ['disconnected-iso', 400, 'Cannot register a host to an InfraEnv with disconnected-iso type'],
    ['full-iso', 501, 'This service discovers no hosts: it hands out ignitions and ISOs only'],
  ] as const)('with an infra-env of type %s is refused', async (type, status, reason) => {
    const { id } = await registerUnbound();
    const infraEnv = await dependencies.infraEnvs.get(id);
    const get = async () => infraEnv && { ...infraEnv, type };
    const answer = await serve({ infraEnvs: { ...dependencies.infraEnvs, get } })(
      'POST',
      `/v2/infra-envs/${id}/hosts`,
      { host_id: randomUUID() },
    );
    expect(answer).toMatchObject({ status, body: { reason } });
  });
});

describe('a change to disconnected-iso that died behind its write', () => {
  it('is completed by the same change', async () => {
    const clusterId = await registerCluster(call);
    const { id } = await registerUnbound({ cluster_id: clusterId });
    const markAsDisconnected = () => Promise.reject(new Error('the function was killed'));
    const dying = serve({ workflows: { ...dependencies.workflows, markAsDisconnected } });
    const change = { image_type: 'disconnected-iso' };
    expect((await dying('PATCH', `/v2/infra-envs/${id}`, change)).status).toBe(500);
    deeds.length = 0;
    expect((await call('PATCH', `/v2/infra-envs/${id}`, change)).status).toBe(201);
    expect(deeds).toContainEqual(['mark', id]);
  });
});

describe('a change to disconnected-iso whose transition is still under way when the time is up', () => {
  it('is told to be sent again, and is complete with that', async () => {
    const clusterId = await registerCluster(call);
    const { id } = await registerUnbound({ cluster_id: clusterId });
    const markAsDisconnected = () => Promise.reject(failure('TransitionPending', { id: clusterId }));
    const slow = serve({ workflows: { ...dependencies.workflows, markAsDisconnected } });
    const change = { image_type: 'disconnected-iso' };
    const { status, headers, body } = await slow('PATCH', `/v2/infra-envs/${id}`, change);
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    expect(body.reason).toBe(
      `The infra-env is changed, and its cluster ${clusterId} is still becoming disconnected: send the same request again`,
    );
    expect((await call('GET', `/v2/infra-envs/${id}`)).body.type).toBe('disconnected-iso');
    deeds.length = 0;
    expect((await call('PATCH', `/v2/infra-envs/${id}`, change)).status).toBe(201);
    expect(deeds).toContainEqual(['mark', id]);
  });
});

describe('the pull secret of an infra-env', () => {
  it('is not removed while the record names it: deletion', async () => {
    const { id } = await registerUnbound();
    let isThere: boolean | undefined;
    const removeAll = async () => {
      isThere = (await dependencies.infraEnvs.get(id)) !== undefined;
    };
    await serve({ pullSecrets: { ...dependencies.pullSecrets, removeAll } })('DELETE', `/v2/infra-envs/${id}`);
    expect(isThere).toBe(false);
  });

  it('is not removed while the record names it: a change whose answer is lost', async () => {
    const { id } = await registerUnbound();
    deeds.length = 0;
    const save: typeof dependencies.infraEnvs.save = async (infraEnv) => {
      await dependencies.infraEnvs.save(infraEnv);
      throw new Error('the answer is lost');
    };
    const losing = serve({ infraEnvs: { ...dependencies.infraEnvs, save } });
    expect((await losing('PATCH', `/v2/infra-envs/${id}`, { pull_secret: pullSecret })).status).toBe(500);
    expect(deeds.map(([deed]) => deed)).toEqual(['store secret']);
    expect(deeds[0]?.[1]).toBe((await stored(id))?.pullSecretId);
  });
});
