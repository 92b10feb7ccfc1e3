import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installerProgram } from '#adapters/installer-program.ts';
import type { IgnitionCommand, InstallerProgram, InstallerRun } from '#domain/ignition/ignition-ports.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { generations } from '#local/sample-release/openshift-install/make-installer.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { expectTokensVerified } from '#test/scenarios/tokens.ts';
import { pathWithNmstatectl } from '#test/stand-ins/openshift-install/make-nmstatectl.ts';
import { decodeFile } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { expectClean, internal, outcome } from './outcome.ts';
import { canary, world } from './world.ts';

const environment = '/etc/assisted/rendezvous-host.env';

const address = (last: number) => `ipv4: {enabled: true, address: [{ip: 192.0.2.${last}, prefix-length: 24}]}`;
const host = (last: number, further = '') => ({
  network_yaml: `interfaces: [{name: eth0, type: ethernet, ${address(last)}${further}}]`,
  mac_interface_map: [{ mac_address: `f8:75:a4:a4:00:${last}`, logical_nic_name: 'eth0' }],
});
const settings: InfraEnvSettings = {
  static_network_config: [host(30), host(10), host(20)],
  rendezvous_ip: '192.0.2.20',
};

type Around = (command: IgnitionCommand, run: () => Promise<InstallerRun>) => Promise<InstallerRun>;

/** The real adapter, with something done around each run. */
const programWith = async (around: Around): Promise<InstallerProgram> => {
  const program = installerProgram({ searchPath: await pathWithNmstatectl(await temporaryFolder()) });
  return {
    ...program,
    createUnconfiguredIgnition: (command) => around(command, () => program.createUnconfiguredIgnition(command)),
  };
};

const textsIn = async (dir: string): Promise<Readonly<Record<string, string>>> => {
  const entries = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return Object.fromEntries(
    await Promise.all(
      entries.map(async ({ name, parentPath }) => [name, await readFile(join(parentPath, name), 'utf8')] as const),
    ),
  );
};

const isOfRendezvous = async ({ workspaceDir }: IgnitionCommand) =>
  'agent-config.yaml' in (await textsIn(workspaceDir));

describe.each(generations)(
  'static networks with a rendezvous IP, by openshift-install of generation %s',
  (generation) => {
    it('give each host its own addresses, by its MAC address', async () => {
      const here = await world({ generation, infraEnv: { settings } });
      await here.run();
      const inFolder = (index: number, name: string) =>
        decodeFile(here.ignition(), `/etc/assisted/network/host${index}/${name}`);
      const hosts = [0, 1, 2].map((index) => [
        inFolder(index, 'mac_interface.ini'),
        /address0=(.*)\//.exec(inFolder(index, 'eth0.nmconnection'))?.[1],
      ]);
      expect(hosts.toSorted()).toEqual([10, 20, 30].map((last) => [`f8:75:a4:a4:00:${last}=eth0`, `192.0.2.${last}`]));
    });

    it('leave nothing to be asked for at the host', async () => {
      const here = await world({ generation, infraEnv: { settings } });
      await here.run();
      expect(decodeFile(here.ignition(), environment)).not.toContain('{{');
    });

    it('are the same bytes at every run, with tokens of one key', async () => {
      const credentials = new Map();
      const [first, second] = [
        await world({ generation, infraEnv: { settings }, credentials }),
        await world({ generation, infraEnv: { settings }, credentials }),
      ];
      await Promise.all([first.run(), second.run()]);
      expect(second.ignition()).toBe(first.ignition());
      expectTokensVerified(first.ignition());
    });
  },
);

describe('the two runs that static networks take', () => {
  it('go on at the same time, in folders of their own, of which one alone holds the pull secret', async () => {
    const running = { now: 0, most: 0 };
    const folders: string[] = [];
    const program = await programWith(async ({ workspaceDir }, run) => {
      folders.push(JSON.stringify(await textsIn(workspaceDir)));
      running.now += 1;
      running.most = Math.max(running.most, running.now);
      const result = await run();
      running.now -= 1;
      return result;
    });
    const here = await world({ infraEnv: { settings }, dependencies: { program } });
    await here.run();
    expect(running).toEqual({ now: 0, most: 2 });
    expect(folders.map((texts) => texts.includes(canary)).toSorted()).toEqual([false, true]);
    expect(await here.workspacesLeft()).toEqual([]);
  });

  it('share one time limit, and leave nothing when it ends', async () => {
    const here = await world({ infraEnv: { settings }, behaviour: { hang: {} }, timeoutSeconds: 2 });
    expect(await outcome(here)).toMatchObject({ name: 'InstallerTimeout', status: 504 });
    await expectClean(here);
  });

  it.each([
    [
      'the first',
      false,
      'NMState Config',
      'static_network_config: openshift-install discards it together with rendezvous_ip',
    ],
    ['the second', true, 'Agent Config', 'rendezvous_ip: openshift-install discards it'],
  ])('fail when %s discards what it was given, although it ends well', async (_, ofRendezvous, asset, reason) => {
    const program = await programWith(async (command, run) => {
      const discards = (await isOfRendezvous(command)) === ofRendezvous;
      const result = await run();
      const stderr = `${result.stderr}level=warning msg=Discarding the ${asset} that was provided in the target directory\n`;
      return discards ? { ...result, stderr } : result;
    });
    const here = await world({ infraEnv: { settings }, dependencies: { program } });
    expect(await outcome(here)).toMatchObject({ name: 'InstallerRefused', message: expect.stringContaining(reason) });
    await expectClean(here);
  });

  it.each([
    ['the first', false],
    ['the second', true],
  ])('repeat no secret when %s fails', async (_, ofRendezvous) => {
    const stderr = `level=fatal msg=something about ${canary}, pass-word and wired-secret\n`;
    const program = await programWith(async (command, run) => {
      const fails = (await isOfRendezvous(command)) === ofRendezvous;
      const result = await run();
      return fails ? { exitCode: 1, stderr, timedOut: false } : result;
    });
    const guarded = host(10, ', 802.1x: {identity: me, eap-methods: [peap], password: wired-secret}');
    const secretive = {
      static_network_config: [guarded],
      proxy: { http_proxy: 'http://me:pass-word@proxy.example:3128' },
    };
    const here = await world({ infraEnv: { settings: secretive }, dependencies: { program } });
    expect(await outcome(here)).toEqual(internal);
    expect(await here.traces()).toContain('something about');
    for (const secret of ['pass-word', 'wired-secret']) expect(await here.traces()).not.toContain(secret);
    await expectClean(here);
  });

  it('say so when nmstatectl has gone since the networks were stored', async () => {
    const program = installerProgram({ searchPath: await temporaryFolder() });
    const here = await world({ infraEnv: { settings }, dependencies: { program } });
    expect(await outcome(here)).toMatchObject({ name: 'NetworkProgramMissing', status: 501 });
    expect(here.events).toMatchObject([{ name: 'ignition_generation_failed' }]);
    await expectClean(here);
  });

  it('fail when the binary leaves out a host', async () => {
    const program = await programWith(async ({ workspaceDir }, run) => {
      const result = await run();
      const file = join(workspaceDir, 'unconfigured-agent.ign');
      const ignition = JSON.parse(await readFile(file, 'utf8'));
      const files = ignition.storage.files.filter(({ path }: { path: string }) => !path.includes('/network/host1/'));
      await writeFile(file, JSON.stringify({ ...ignition, storage: { ...ignition.storage, files } }));
      return result;
    });
    const here = await world({ infraEnv: { settings }, dependencies: { program } });
    expect(await outcome(here)).toMatchObject({
      name: 'InstallerRefused',
      message: expect.stringContaining('leaves out the network of host 2'),
    });
    expect(here.events).toMatchObject([{ name: 'ignition_generation_failed' }]);
    await expectClean(here);
  });
});
