import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { ignitionVersions } from '#domain/values/ignition/versions.ts';
import { generations } from '#local/sample-release/openshift-install/make-installer.ts';
import type { Landing } from '#test/scenarios/landing.ts';
import { landings, standardLandings } from '#test/scenarios/setting-samples.ts';
import type { StandardType } from '#test/scenarios/standard-landings.ts';
import { parseIgnition } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { hasTools } from '#test/tools.ts';
import { world } from './world.ts';

/** What Ignition itself says about a config: nothing, when it is valid and has no member that Ignition does not know. */
const faultsOf = (config: string): string => {
  const { stdout, stderr } = spawnSync('ignition-validate', ['-'], { input: config, encoding: 'utf8' });
  return stdout + stderr;
};

/** The highest version that the installed Ignition knows. */
const highestKnown = (): string =>
  ignitionVersions.findLast((version) => faultsOf(JSON.stringify({ ignition: { version } })) === '') ?? 'none';

const withVersion = (override: string, version: string): string =>
  JSON.stringify({ ...JSON.parse(override), ignition: { version } });

/** Every setting at once, but for those that exclude one of the others; the override raises the version that far. */
const settingsOf = (rows: readonly Landing[], version: string): InfraEnvSettings => {
  const all: InfraEnvSettings = Object.assign(
    {},
    ...rows.filter(({ isVariant }) => !isVariant).map(({ given }) => given),
  );
  return { ...all, ignition_config_override: withVersion(all.ignition_config_override ?? '', version) };
};

const types: readonly StandardType[] = ['full-iso', 'minimal-iso'];

describe.runIf(hasTools('ignition-validate'))('Ignition itself', () => {
  const version = highestKnown();

  it('knows the versions that are made without an override', () => {
    expect(version >= '3.2.0').toBe(true);
  });

  it('notices a config that is not valid, and a member that it does not know', () => {
    expect(faultsOf('{"ignition":{"version":"3.2.0"},"storage":{"files":[{"path":"etc"}]}}')).toContain(
      'path not absolute',
    );
    expect(faultsOf('{"ignition":{"version":"3.2.0"},"systemds":{}}')).toContain('Unused key');
  });

  it.each(generations)('finds nothing wrong with what is made of a binary of generation %s', async (generation) => {
    for (const settings of [{}, settingsOf(landings, version)]) {
      const here = await world({ generation, infraEnv: { settings } });
      await here.run();
      expect(faultsOf(here.ignition())).toBe('');
    }
    expect.assertions(2);
  });

  it.each(types)('finds nothing wrong with the ignition of a %s', async (type) => {
    for (const settings of [{}, settingsOf(standardLandings(type), version)]) {
      const here = await world({ infraEnv: { type, settings } });
      await here.make(`${type}.ign`);
      expect(faultsOf(here.ignition())).toBe('');
      if ('proxy' in settings) expect(parseIgnition(here.ignition()).ignition.version).toBe(version);
    }
    expect.assertions(3);
  });
});
