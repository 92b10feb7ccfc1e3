import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { failure } from '#domain/errors.ts';
import type { JudgeSettings } from '#domain/infra-env/infra-env-ports.ts';
import { eventNames, newInfraEnv, registerCluster, world } from './world.ts';

const { serve, dependencies, deeds, logger } = await world();
const call = serve();

const host = (last: number, more = '') => ({
  network_yaml: `interfaces: [{name: eth0, type: ethernet, ipv4: {address: [{ip: 192.0.2.${last}}]}}]${more}`,
  mac_interface_map: [{ mac_address: `f8:75:a4:a4:00:${last}`, logical_nic_name: 'eth0' }],
});
const networks = (...lasts: number[]) => ({ static_network_config: lasts.map((last) => host(last)) });

const refusing: JudgeSettings = async ({ networks: documents, override }) => ({
  networks: documents.flatMap((document, index) =>
    document.includes('.66}') ? [{ host: index, reason: 'no: it is evil' }] : [],
  ),
  ...(override?.includes('evil') ? { override: 'at $.storage: no' } : {}),
});

const refusal = (...hosts: number[]) => {
  const lines = hosts.map((index) => `\t* failed to validate network yaml for host ${index}, no: it is evil\n`);
  return `${hosts.length === 1 ? '1 error' : `${hosts.length} errors`} occurred:\n${lines.join('')}\n`;
};

const register = async (fields: object = {}) =>
  (await call('POST', '/v2/infra-envs', newInfraEnv(undefined, fields))).body;

const deedNames = () => deeds.map(([deed]) => deed);

beforeEach(() => {
  deeds.length = 0;
});

describe('the static networks of a new infra-env', () => {
  it.each(['full-iso', 'minimal-iso', 'disconnected-iso'])(
    'of type %s are judged before anything is stored',
    async (image_type) => {
      const clusterId = await registerCluster(call);
      const fields = { cluster_id: clusterId, image_type, ...networks(10, 11) };
      expect((await call('POST', '/v2/infra-envs', newInfraEnv(undefined, fields))).status).toBe(201);
      expect(deeds.slice(0, 1)).toEqual([['judge', '2']]);
      expect(deedNames()).toContain('store secret');
    },
  );

  it('are refused with the reasons and the numbers of the hosts; nothing is stored, an event tells of it', async () => {
    const clusterId = await registerCluster(call);
    const refused = serve({ judgeSettings: refusing });
    const answer = await refused('POST', '/v2/infra-envs', newInfraEnv(clusterId, networks(66, 10)));
    expect(answer).toMatchObject({ status: 400, body: { reason: refusal(0) } });
    expect(deeds).toEqual([]);
    expect((await call('GET', `/v2/infra-envs?cluster_id=${clusterId}`)).body).toEqual([]);
    expect(await eventNames(call, `cluster_id=${clusterId}`)).toContain('infra_env_registration_failed');
  });

  it('are not judged where something else is refused', async () => {
    const bad = newInfraEnv(undefined, { ...networks(10), pull_secret: '{' });
    expect((await call('POST', '/v2/infra-envs', bad)).status).toBe(400);
    expect(deeds).toEqual([]);
  });

  it('are listed up to a length that a person reads', async () => {
    const hosts = Array.from({ length: 70 }, (_, index) => host(index + 10, '\n# evil as {.66}'));
    const refused = serve({ judgeSettings: refusing });
    const { body } = await refused('POST', '/v2/infra-envs', newInfraEnv(undefined, { static_network_config: hosts }));
    expect(body.reason).toMatch(/^51 errors occurred:/);
    expect(body.reason).toContain('\t* 20 further errors\n');
  });
});

describe('an override', () => {
  const override = (path: string) => ({
    ignition_config_override: JSON.stringify({ ignition: { version: '3.2.0' }, storage: { directories: [{ path }] } }),
  });
  const reason = 'error parsing ignition: config is not valid, error report: at $.storage: no';

  it('is judged by Ignition in one call with the networks, before anything is stored', async () => {
    await register({ ...networks(10, 11), ...override('/a') });
    expect(deeds[0]).toEqual(['judge', '2 and override']);
  });

  it("that Ignition refuses is refused in Ignition's words; nothing is stored", async () => {
    const refused = serve({ judgeSettings: refusing });
    const answer = await refused('POST', '/v2/infra-envs', newInfraEnv(undefined, override('/evil')));
    expect(answer).toMatchObject({ status: 400, body: { reason } });
    expect(deeds).toEqual([]);
  });

  it('of a change is judged where it is new', async () => {
    const { id } = await register(override('/a'));
    deeds.length = 0;
    await call('PATCH', `/v2/infra-envs/${id}`, override('/a'));
    expect(deedNames()).not.toContain('judge');
    const refused = serve({ judgeSettings: refusing });
    const answer = await refused('PATCH', `/v2/infra-envs/${id}`, override('/evil'));
    expect(answer).toMatchObject({ status: 400, body: { reason } });
    await call('PATCH', `/v2/infra-envs/${id}`, override('/b'));
    expect(deeds).toContainEqual(['judge', '0 and override']);
  });

  it('that could not be judged can be sent again', async () => {
    const failing = serve({ judgeSettings: () => Promise.reject(new Error('no such function')) });
    const answer = await failing('POST', '/v2/infra-envs', newInfraEnv(undefined, override('/a')));
    expect(answer).toMatchObject({
      status: 503,
      body: { reason: 'ignition_config_override could not be checked, so nothing was changed: try again' },
    });
  });
});

describe('a judgement that fails', () => {
  it.each([
    [
      'because nmstatectl is missing says so and how to install it',
      failure('NetworkProgramMissing'),
      501,
      /install nmstate/,
    ],
    [
      'because the time is up can be tried again',
      failure('SettingsCheckUnavailable', { settings: 'static_network_config' }),
      503,
      /could not be checked.*try again$/,
    ],
    [
      'for an unknown reason can be tried again',
      new Error('no such function'),
      503,
      /could not be checked.*try again$/,
    ],
    [
      'because the function crashed can be tried again',
      failure('InternalError'),
      503,
      /could not be checked.*try again$/,
    ],
  ])('%s; nothing is stored', async (_, error, status, reason) => {
    const failing = serve({ judgeSettings: () => Promise.reject(error) });
    const answer = await failing('POST', '/v2/infra-envs', newInfraEnv(undefined, networks(10)));
    expect(answer).toMatchObject({ status, body: { reason: expect.stringMatching(reason) } });
    expect(answer.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
    expect(deeds).toEqual([]);
  });

  it('for an unknown reason is in the log', async () => {
    const failing = serve({ judgeSettings: () => Promise.reject(new Error('no such function')) });
    await failing('POST', '/v2/infra-envs', newInfraEnv(undefined, networks(10)));
    const logged = { level: 'error', message: 'the settings were not judged' };
    expect(logger.lines).toContainEqual(expect.objectContaining(logged));
  });
});

describe('the static networks of a changed infra-env', () => {
  const judgements = () => deeds.filter(([deed]) => deed === 'judge');

  it.each([
    ['another setting is changed', { additional_ntp_sources: 'ntp.example.org' }],
    ['they are given as they are', networks(11, 10)],
    ['one of them is taken away', networks(11)],
    ['they are cleared', { static_network_config: [] }],
  ])('are not judged again when %s', async (_, change) => {
    const { id } = await register(networks(10, 11));
    deeds.length = 0;
    expect((await call('PATCH', `/v2/infra-envs/${id}`, change)).status).toBe(201);
    expect(judgements()).toEqual([]);
  });

  it('are judged where they are new, and named by their place among all', async () => {
    const { id } = await register(networks(10, 11));
    const refused = serve({ judgeSettings: refusing });
    const answer = await refused('PATCH', `/v2/infra-envs/${id}`, networks(10, 11, 66));
    expect(answer).toMatchObject({ status: 400, body: { reason: refusal(2) } });
    const { body } = await call('GET', `/v2/infra-envs/${id}`);
    expect(JSON.parse(body.static_network_config)).toHaveLength(2);
  });

  it('are judged once, however often another write comes in between', async () => {
    const { id } = await register();
    deeds.length = 0;
    let writes = 0;
    const save: typeof dependencies.infraEnvs.save = (infraEnv) => {
      writes += 1;
      if (writes < 3) throw failure('StaleVersion', { id });
      return dependencies.infraEnvs.save(infraEnv);
    };
    const contended = serve({ infraEnvs: { ...dependencies.infraEnvs, save } });
    expect((await contended('PATCH', `/v2/infra-envs/${id}`, networks(10))).status).toBe(201);
    expect([writes, judgements()]).toEqual([3, [['judge', '1']]]);
  });
});

describe('a static network with braces in a text', () => {
  const braced = [host(10, '\ndescription: "{a}"')];
  const reason = 'static_network_config: description of host 0 has braces, which the host cannot read';

  it.each(['full-iso', 'minimal-iso'])('is refused for a %s from 4.18 on, before anything is stored', async (type) => {
    const fields = { image_type: type, static_network_config: braced };
    const answer = await call('POST', '/v2/infra-envs', newInfraEnv(undefined, fields));
    expect(answer).toMatchObject({ status: 400, body: { reason } });
    expect(deeds).toEqual([]);
  });

  it('is good for a disconnected ISO', async () => {
    const fields = { image_type: 'disconnected-iso', static_network_config: braced };
    const answer = await call('POST', '/v2/infra-envs', newInfraEnv(await registerCluster(call), fields));
    expect(answer.status).toBe(201);
  });

  it('is refused at a change too', async () => {
    const { id } = await register();
    const answer = await call('PATCH', `/v2/infra-envs/${id}`, { static_network_config: braced });
    expect(answer).toMatchObject({ status: 400, body: { reason } });
  });
});

describe('the version of an infra-env without a cluster', () => {
  it('is the newest again when it is cleared', async () => {
    const { id } = await register({ openshift_version: '4.20' });
    const patched = await call('PATCH', `/v2/infra-envs/${id}`, { openshift_version: '' });
    expect(patched).toMatchObject({ status: 201, body: { openshift_version: '4.21.0' } });
  });
});

describe('settings that no ISO has room for', () => {
  const file = { path: '/etc/big', contents: { source: `data:;base64,${randomBytes(280 * 1024).toString('base64')}` } };
  const override = JSON.stringify({ ignition: { version: '3.2.0' }, storage: { files: [file] } });
  const tooLarge =
    /^The ignition archive size \(\d+ KiB\) is over .*\(256 KiB\)\. What takes most: \/etc\/big \(\d+ KiB\)/;

  it('are refused at the registration, before the networks are judged and anything is stored', async () => {
    const fields = { ignition_config_override: override, ...networks(10) };
    const answer = await call('POST', '/v2/infra-envs', newInfraEnv(await registerCluster(call), fields));
    expect(answer).toMatchObject({ status: 400, body: { reason: expect.stringMatching(tooLarge) } });
    expect(deeds).toEqual([]);
  });

  it('are refused at a change, which changes nothing', async () => {
    const { id, updated_at: updatedAt } = await register();
    const answer = await call('PATCH', `/v2/infra-envs/${id}`, { ignition_config_override: override });
    expect(answer).toMatchObject({ status: 400, body: { reason: expect.stringMatching(tooLarge) } });
    expect((await call('GET', `/v2/infra-envs/${id}`)).body.updated_at).toBe(updatedAt);
  });
});

describe('leaving the type disconnected-iso', () => {
  it.each([
    [true, 409, /^The files of infra-env .* are being prepared: change its image_type once that has ended$/],
    [false, 201, undefined],
  ])('while its files are being prepared, be it by a further attempt: %s', async (isRunning, status, reason) => {
    const { id } = await register({ cluster_id: await registerCluster(call) });
    const asked: object[] = [];
    const mediaRun = async (request: object) => {
      asked.push(request);
      return { isRunning };
    };
    const get: typeof dependencies.infraEnvs.get = async (wanted) => {
      const infraEnv = await dependencies.infraEnvs.get(wanted);
      return infraEnv && { ...infraEnv, type: 'disconnected-iso' };
    };
    const changing = serve({
      workflows: { ...dependencies.workflows, mediaRun },
      mediaAttempts: { latest: async () => 2 },
      infraEnvs: { ...dependencies.infraEnvs, get },
    });
    const answer = await changing('PATCH', `/v2/infra-envs/${id}`, { image_type: 'full-iso' });
    expect(answer.status).toBe(status);
    if (reason) expect(answer.body.reason).toMatch(reason);
    expect(asked).toEqual([{ infraEnvId: id, revision: 1, attempt: 2 }]);
    // Any other change goes on beside it: what is being prepared is superseded.
    expect((await changing('PATCH', `/v2/infra-envs/${id}`, { ntp_sources: 'ntp.example.org' })).status).toBe(201);
  });
});
