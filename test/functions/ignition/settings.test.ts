import { describe, expect, it } from 'vitest';
import type { Credentials } from '#domain/ignition/credentials.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { type Generation, generations } from '#local/sample-release/openshift-install/make-installer.ts';
import { landings } from '#test/scenarios/setting-samples.ts';
import { decodeFile, filePaths } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { outcome } from './outcome.ts';
import { world } from './world.ts';

const markers = ['/etc/assisted/interactive-ui', '/etc/assisted/no-config-image'];

const credentials = new Map<string, Credentials>();

const ignitionOf = async (generation: Generation, settings: InfraEnvSettings) => {
  const here = await world({ generation, infraEnv: { settings }, credentials });
  await here.run();
  return here.ignition();
};

describe.each(generations)('an ignition made by openshift-install of generation %s', (generation) => {
  it.each(landings)('carries $setting', async ({ given, look, expected }) => {
    expect(look(await ignitionOf(generation, given))).toEqual(expected);
  });

  it('has nothing of what is not set', async () => {
    const ignition = await ignitionOf(generation, {});
    for (const { setting, look, absent } of landings) expect(look(ignition), setting).toEqual(absent);
  });

  it('keeps the markers and the id of the infra-env, whatever an override makes of them', async () => {
    const environment = '/usr/local/share/assisted-service/assisted-service.env';
    const override = {
      ignition: { version: '3.2.0' },
      storage: {
        files: [{ path: markers[0], mode: 0, contents: { source: 'data:,x' }, append: [{ source: 'data:,y' }] }],
        links: [{ path: markers[1], target: '/etc/passwd' }],
        directories: [{ path: '/etc/assisted' }],
      },
    };
    const ignition = await ignitionOf(generation, { ignition_config_override: JSON.stringify(override) });
    const plain = await ignitionOf(generation, {});
    expect(filePaths(ignition).toSorted()).toEqual(filePaths(plain).toSorted());
    expect(markers.map((path) => decodeFile(ignition, path))).toEqual(['', '']);
    expect(decodeFile(ignition, environment)).toBe(decodeFile(plain, environment));
  });
});

describe('an override that no host could have', () => {
  it('is refused with the place, since another file lies below its link', async () => {
    const links = [{ path: '/etc/assisted', target: '/var/assisted' }];
    const override = JSON.stringify({ ignition: { version: '3.1.0' }, storage: { links } });
    const here = await world({ infraEnv: { settings: { ignition_config_override: override } } });
    expect(await outcome(here)).toMatchObject({
      name: 'InvalidInput',
      status: 400,
      message: expect.stringMatching(/^ignition_config_override: \/etc\/assisted has to be a directory, because of \//),
    });
    expect(here.events).toMatchObject([{ name: 'ignition_generation_failed' }]);
  });
});

describe('a proxy password', () => {
  it('is in no log and no event, also when the binary repeats its inputs', async () => {
    const proxy = { http_proxy: 'http://me:pass%2Dword@proxy.example:3128' };
    const stderr = `level=fatal msg=something about ${proxy.http_proxy} of me:pass-word\n`;
    const program = {
      inspect: async () => ({ version: '4.20.0', flags: ['--interactive'], configImage: true }),
      createConfigImage: () => Promise.reject(new Error('must not run')),
      createUnconfiguredIgnition: async () => ({ exitCode: 1, stderr, timedOut: false }),
    };
    const here = await world({ infraEnv: { settings: { proxy } }, dependencies: { program } });
    expect(await outcome(here)).toMatchObject({ name: 'InstallerRefused' });
    const traces = await here.traces();
    expect(traces).toContain('something about');
    for (const secret of ['pass%2Dword', 'pass-word']) expect(traces).not.toContain(secret);
  });
});
