import { describe, expect, it } from 'vitest';
import type { Keyfile } from '#domain/ignition/ignition-ports.ts';
import { aCluster } from '#test/fakes/records.ts';
import { standardLandings } from '#test/scenarios/setting-samples.ts';
import type { StandardType } from '#test/scenarios/standard-landings.ts';
import { decodeFile, filePaths } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { agent, canary, goodPullSecret, type World, world } from './world.ts';

const types: readonly StandardType[] = ['full-iso', 'minimal-iso'];

const fileOf = (type: StandardType) => `${type}.ign` as const;

const ignitionIn = (here: World, type: StandardType): string =>
  here.artifacts.get(`infra-envs/${here.infraEnv.id}/1/${fileOf(type)}`)?.toString('utf8') ?? '';

const outcomeOf = (making: Promise<unknown>) =>
  making.then(
    () => 'no failure',
    ({ name, status, message }) => ({ name, status, message }),
  );

/** An infra-env that is bound to no cluster. */
const unbound = async (situation: Parameters<typeof world>[0] = {}) => {
  const here = await world(situation);
  const { clusterId: _none, ...infraEnv } = here.infraEnv;
  here.state.infraEnvs.set(infraEnv.id, infraEnv);
  here.state.clusters.clear();
  return here;
};

describe.each(types)('the ignition of a %s', (type) => {
  it('is stored under the key of its revision, and told in an event', async () => {
    const here = await world({ infraEnv: { type }, cluster: { status: 'insufficient' } });
    const key = `infra-envs/${here.infraEnv.id}/1/${fileOf(type)}`;
    expect(await here.make(fileOf(type))).toEqual({ key, superseded: false });
    expect([...here.artifacts.keys()]).toEqual([key]);
    expect(here.events).toMatchObject([
      {
        name: 'standard_ignition_generated',
        severity: 'info',
        message: `Generated discovery.ign of revision 1 for ${type}`,
        infraEnvId: here.infraEnv.id,
        clusterId: here.cluster.id,
      },
    ]);
    expect(await here.traces()).not.toContain(canary);
  });

  it('needs no cluster, no installer and no workspace', async () => {
    const here = await unbound({ infraEnv: { type } });
    await here.make(fileOf(type));
    const ignition = ignitionIn(here, type);
    expect(decodeFile(ignition, '/root/.docker/config.json')).toBe(goodPullSecret);
    expect(ignition).toContain(` --url ${agent.serviceBaseUrl} --infra-env-id ${here.infraEnv.id} `);
    expect(here.events[0]).not.toHaveProperty('clusterId');
    expect([here.bucket.opened, await here.workspacesLeft()]).toEqual([[], []]);
  });

  it.each(standardLandings(type))('carries $setting', async ({ given, look, expected }) => {
    const here = await unbound({ infraEnv: { type, settings: given } });
    await here.make(fileOf(type));
    expect(look(ignitionIn(here, type))).toEqual(expected);
  });

  it('has nothing of what is not set', async () => {
    const here = await unbound({ infraEnv: { type } });
    await here.make(fileOf(type));
    for (const { setting, look, absent } of standardLandings(type)) {
      expect(look(ignitionIn(here, type)), setting).toEqual(absent);
    }
  });

  it('is had by an infra-env of the other type too', async () => {
    const other = type === 'full-iso' ? 'minimal-iso' : 'full-iso';
    const here = await unbound({ infraEnv: { type: other } });
    expect(await here.make(fileOf(type))).toMatchObject({ superseded: false });
  });

  it('is not there without a service that hosts report to: 409 that says what an operator has to set', async () => {
    const here = await unbound({ infraEnv: { type }, dependencies: { agent: undefined } });
    expect(await outcomeOf(here.make(fileOf(type)))).toEqual({
      name: 'AgentNotConfigured',
      status: 409,
      message:
        `discovery.ign for ${type} needs a service that hosts report to: an operator has to name it by serviceBaseUrl ` +
        '(npm start -- --service-base-url URL)',
    });
    expect(here.events).toMatchObject([{ name: 'ignition_generation_failed', severity: 'error' }]);
  });

  it('is refused when the ISO has no room for it', async () => {
    const files = [{ path: '/etc/much', contents: { source: `data:,${randomText(400_000)}` } }];
    const override = JSON.stringify({ ignition: { version: '3.1.0' }, storage: { files } });
    const here = await unbound({ infraEnv: { type, settings: { ignition_config_override: override } } });
    const { name, message } = (await outcomeOf(here.make(fileOf(type)))) as { name: string; message: string };
    expect([name, message]).toEqual(['IgnitionTooLarge', expect.stringContaining('What takes most: /etc/much')]);
  });

  it('is not made of a disconnected infra-env', async () => {
    const here = await world();
    expect(await outcomeOf(here.make(fileOf(type)))).toMatchObject({ name: 'InvalidInput', status: 400 });
  });

  it.each([
    ['deleted', { deletedAt: '2026-01-01T00:00:00.000Z' }],
    ['gone', undefined],
  ])('is not had once its cluster is %s', async (_, cluster) => {
    const here = await world({ infraEnv: { type } });
    if (cluster === undefined) here.state.clusters.clear();
    else here.state.clusters.set(here.cluster.id, aCluster(cluster));
    expect(await outcomeOf(here.make(fileOf(type)))).toMatchObject({ name: 'ClusterGone', status: 409 });
  });
});

/** Text that cannot be packed; the same every time. */
const randomText = (length: number): string => {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join('');
};

describe('a static network of a version before 4.18', () => {
  const hosts = ['eth0', 'eth1'].map((name, index) => ({
    network_yaml: `interfaces: [{name: ${name}, type: ethernet}]`,
    mac_interface_map: [{ mac_address: `02:00:00:00:00:0${index}`, logical_nic_name: name }],
  }));
  const infraEnv = {
    type: 'full-iso',
    openshiftVersion: '4.17.9',
    settings: { static_network_config: hosts },
  } as const;

  it('is in the ignition as connections that nmstatectl makes, host by host', async () => {
    const generate = async ({ document }: { document: string }) => {
      const name = /eth\d/.exec(document)?.[0] ?? '';
      const keyfile: Keyfile = { name: `${name}.nmconnection`, content: `[connection]\nid=${name}\n` };
      return { keyfiles: [keyfile] };
    };
    const here = await unbound({ infraEnv, dependencies: { networkProgram: { generate } } });
    await here.make('full-iso.ign');
    const ignition = ignitionIn(here, 'full-iso');
    expect(filePaths(ignition).filter((path) => path.startsWith('/etc/assisted/network/'))).toEqual([
      '/etc/assisted/network/host0/eth0.nmconnection',
      '/etc/assisted/network/host0/mac_interface.ini',
      '/etc/assisted/network/host1/eth1.nmconnection',
      '/etc/assisted/network/host1/mac_interface.ini',
    ]);
    expect(decodeFile(ignition, '/usr/local/bin/pre-network-manager-config.sh')).not.toContain('nmstatectl');
  });

  it('that nmstatectl refuses is an error that names the host', async () => {
    const generate = async ({ document }: { document: string }) =>
      document.includes('eth1') ? { reason: 'NmstateError: InvalidArgument: no' } : { keyfiles: [] };
    const here = await unbound({ infraEnv, dependencies: { networkProgram: { generate } } });
    expect(await outcomeOf(here.make('full-iso.ign'))).toMatchObject({
      name: 'InvalidInput',
      message: 'static_network_config: host 1: NmstateError: InvalidArgument: no',
    });
  });
});
