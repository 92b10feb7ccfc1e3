import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '#domain/ignition/credentials.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { generations } from '#local/sample-release/openshift-install/make-installer.ts';
import { memoryCredentials } from '#test/fakes/credentials.ts';
import { landings } from '#test/scenarios/setting-samples.ts';
import { expectTokensVerified, tokensIn } from '#test/scenarios/tokens.ts';
import { decodeFile, filePaths } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { outcome } from './outcome.ts';
import { goodPullSecret, world } from './world.ts';

const service = '/usr/local/share/assisted-service/assisted-service.env';

const keyIn = (ignition: string): string | undefined =>
  /^EC_PUBLIC_KEY_PEM=(.*)$/m.exec(decodeFile(ignition, service))?.[1];

const ignitionOf = async (here: Awaited<ReturnType<typeof world>>): Promise<string> => {
  await here.run();
  return here.ignition();
};

describe('what a run invents', () => {
  it('stays with the infra-env: an ignition that has expired comes back byte for byte', async () => {
    const here = await world({ generation: 'G4' });
    const first = await ignitionOf(here);
    here.artifacts.clear();
    expect(await ignitionOf(here)).toBe(first);
    expect(tokensIn(first)).toHaveLength(4);
    expectTokensVerified(first);
  });

  it('is the same in a later revision with other settings, so that its hosts belong to those of the first', async () => {
    const here = await world({ generation: 'G4' });
    const first = await ignitionOf(here);
    here.artifacts.clear();
    const settings = { rendezvous_ip: '192.0.2.10' };
    here.state.infraEnvs.set(here.infraEnv.id, { ...here.infraEnv, revision: 2, settings });
    await here.run(2);
    expect(keyIn(here.ignition())).toBe(keyIn(first));
    expect(tokensIn(here.ignition()).length).toBeGreaterThan(tokensIn(first).length);
    expectTokensVerified(here.ignition());
  });

  it('is another for another infra-env', async () => {
    const [one, other] = [await world({ generation: 'G4' }), await world({ generation: 'G4' })];
    expect(keyIn(await ignitionOf(one))).not.toBe(keyIn(await ignitionOf(other)));
  });

  it('is the first writer’s when two runs race', async () => {
    const winner = await world({ generation: 'G4' });
    const won = await ignitionOf(winner);
    const store = memoryCredentials(winner.state.credentials);
    const unread = { ...store, read: async () => undefined };
    const loser = await world({ generation: 'G4', dependencies: { credentials: unread } });
    expect(await ignitionOf(loser)).toBe(won);
  });

  it('goes with an infra-env that was deleted meanwhile', async () => {
    const here = await world({ generation: 'G4' });
    let reads = 0;
    here.state.infraEnvs.get = () => {
      reads += 1;
      return reads === 1 ? here.infraEnv : undefined;
    };
    expect(await here.run()).toEqual({ superseded: true });
    expect(here.state.credentials.size).toBe(0);
  });

  it.each(['G1', 'G2', 'G2z', 'G3'] as const)('is nothing that would have to be kept of %s', async (generation) => {
    const here = await world({ generation });
    await here.run();
    expect(here.state.credentials.size).toBe(0);
  });

  it('by another binary that knew less lets no host in: 400 that says what to do', async () => {
    const here = await world({ generation: 'G4' });
    const credentials = new Map<string, Credentials>([[here.infraEnv.id, { EC_PUBLIC_KEY_PEM: 'x' }]]);
    const later = await world({ generation: 'G4', credentials });
    expect(await outcome(later)).toMatchObject({
      name: 'InstallerRefused',
      message: expect.stringMatching(
        /know no \w+_TOKEN, which this openshift-install asks for: register another infra-env$/,
      ),
    });
  });

  it('is in no log and no event', async () => {
    const here = await world({ generation: 'G4' });
    const ignition = await ignitionOf(here);
    const traces = await here.traces();
    for (const secret of [keyIn(ignition) ?? '', ...tokensIn(ignition).map(({ token }) => token)]) {
      expect(traces).not.toContain(secret);
    }
  });
});

describe('a release that was not examined when it was added', () => {
  it('is examined at its first use, once, and keeps what was found out', async () => {
    const here = await world({ generation: 'G4', unexamined: true });
    const first = await ignitionOf(here);
    const [profile] = here.state.profiles.values();
    expect(profile?.authentication?.tokens).toHaveLength(6);
    here.state.profiles.clear();
    here.artifacts.clear();
    expect(await ignitionOf(here)).toBe(first);
    expect(here.state.profiles.size).toBe(0);
  });

  it('and cannot be used is refused with the reason', async () => {
    const here = await world({ unexamined: true, behaviour: { withoutPullSecret: true } });
    expect(await outcome(here)).toMatchObject({
      name: 'InstallerUnfit',
      status: 409,
      message: 'openshift-install 4.20.0 cannot be used: the pull secret that it is given is not in its ignition',
    });
  });

  it('and lacks a setting refuses it with both names', async () => {
    const proxy = { no_proxy: '*' };
    const here = await world({
      unexamined: true,
      behaviour: { droppedSpec: ['proxy'] },
      infraEnv: { settings: { proxy } },
    });
    expect(await outcome(here)).toMatchObject({
      name: 'InvalidInput',
      message: 'proxy: the openshift-install of release 4.20.0 does not carry it into the ignition',
    });
  });
});

describe('a finished ignition', () => {
  it('without the pull secret is refused', async () => {
    const here = await world({ behaviour: { withoutPullSecret: true } });
    expect(await outcome(here)).toMatchObject({
      name: 'InstallerRefused',
      message: expect.stringContaining('pull_secret: openshift-install leaves it out'),
    });
  });

  it('whose override takes the key from the tokens is refused', async () => {
    const file = { path: service, overwrite: true, contents: { source: 'data:,AUTH_TYPE%3Dnone' } };
    const override = JSON.stringify({ ignition: { version: '3.2.0' }, storage: { files: [file] } });
    const here = await world({ generation: 'G4', infraEnv: { settings: { ignition_config_override: override } } });
    expect(await outcome(here)).toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(
        /^ignition_config_override: it changes \/.* the service on site would refuse the hosts$/,
      ),
    });
  });

  it('has tokens of one key, the pull secret and no path twice, whatever binary and settings', async () => {
    const some = fc.subarray(landings.filter(({ isVariant }) => !isVariant));
    const property = fc.asyncProperty(some, fc.constantFrom(...generations), async (given, generation) => {
      const settings: InfraEnvSettings = Object.assign({}, ...given.map((landing) => landing.given));
      const ignition = await ignitionOf(await world({ generation, infraEnv: { settings } }));
      expectTokensVerified(ignition);
      expect(JSON.parse(decodeFile(ignition, '/root/.docker/config.json'))).toEqual(JSON.parse(goodPullSecret));
      const { storage } = JSON.parse(ignition);
      const nodes = [
        ...filePaths(ignition),
        ...[...(storage.directories ?? []), ...(storage.links ?? [])].map(({ path }) => path),
      ];
      expect(nodes).toEqual([...new Set(nodes)]);
    });
    await fc.assert(property, { numRuns: 15, endOnFailure: true });
  }, 120_000);
});
