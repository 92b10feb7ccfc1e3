import { expect, test } from 'vitest';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { artifactInputs, haveSameInputs } from '#domain/infra-env/revision.ts';
import { anInfraEnv } from '#test/fakes/records.ts';
import { everySetting } from '#test/scenarios/setting-samples.ts';

const infraEnv = anInfraEnv({ settings: everySetting });

test('the inputs of an artifact are type, architecture, version and every setting', () => {
  expect(artifactInputs(infraEnv)).toEqual({
    type: 'disconnected-iso',
    cpuArchitecture: 'x86_64',
    openshiftVersion: '4.20.0',
    settings: everySetting,
  });
});

const different: readonly Partial<InfraEnv>[] = [
  { type: 'full-iso' },
  { cpuArchitecture: 'arm64' },
  { openshiftVersion: '4.20.1' },
  { settings: {} },
  { settings: { ...everySetting, static_network_config: everySetting.static_network_config.toReversed() } },
];
test.each(different)('%j gives another artifact', (changes) => {
  expect(haveSameInputs(infraEnv, { ...infraEnv, ...changes })).toBe(false);
});

const indifferent: readonly Partial<InfraEnv>[] = [
  { version: 9 },
  { updatedAt: '2027-01-01T00:00:00.000Z' },
  { expiresAt: 1 },
  { settings: Object.fromEntries(Object.entries(everySetting).toReversed()) },
];

test.each([
  [{}, { network_discovery_delay_seconds: 0 }],
  [{}, { network_discovery_delay_seconds: 30 }],
])('a delay that nothing waits for gives no other artifact: from %j to %j', (before, after) => {
  expect(haveSameInputs(anInfraEnv({ settings: before }), anInfraEnv({ settings: after }))).toBe(true);
});

test('a delay of a static network does', () => {
  const settings = { ...everySetting, network_discovery_delay_seconds: 31 };
  expect(haveSameInputs(infraEnv, { ...infraEnv, settings })).toBe(false);
});

test.each(indifferent)('%j does not', (changes) => {
  expect(haveSameInputs(infraEnv, { ...infraEnv, ...changes })).toBe(true);
});
