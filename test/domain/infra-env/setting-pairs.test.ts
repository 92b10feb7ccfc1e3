import { expect, test } from 'vitest';
import type { Ignition } from '#domain/ignition/ignition.ts';
import { mergeIgnition } from '#domain/ignition/merge.ts';
import { settingFiles } from '#domain/ignition/setting-parts.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { type SettingKey, settingKeys, settingTable } from '#domain/infra-env/setting-table.ts';
import { refusalOf } from '#test/domain/values/refusal.ts';
import { settingSamples } from '#test/scenarios/setting-samples.ts';

const type = 'disconnected-iso';

/** What a setting makes of an infra-env with these: on the host, in infraenv.yaml, as an input, as a refusal. */
const effectOf = (key: SettingKey, settings: InfraEnvSettings) => {
  const { lands, manifestSpec, changesArtifact, judge } = settingTable[key];
  return {
    parts: lands[type].adds(settings),
    spec: manifestSpec(settings),
    input: typeof changesArtifact === 'function' ? changesArtifact(settings) : undefined,
    refusal: refusalOf(() => judge(settings, type)),
  };
};

const sampleOf = (key: SettingKey): InfraEnvSettings => ({ [key]: settingSamples[key].value });

const others = (key: SettingKey): readonly SettingKey[] => settingKeys.filter((other) => other !== key);

test.each(settingKeys)('what %s makes depends on those settings alone that its row names', (key) => {
  const alone = effectOf(key, sampleOf(key));
  const dependsOn = others(key).filter(
    (other) => JSON.stringify(effectOf(key, { ...sampleOf(key), ...sampleOf(other) })) !== JSON.stringify(alone),
  );
  const named = Object.keys(settingTable[key].pairs);
  expect(named).toEqual(expect.arrayContaining(dependsOn));
});

const filesOf = (settings: InfraEnvSettings) => settingFiles({ type, settings });

test.each(settingKeys.flatMap((key) => filesOf(sampleOf(key)).map(({ path }) => [key, path] as const)))(
  'an override counts where %s has %s',
  (key, path) => {
    const contents = { source: 'data:,of%20the%20override' };
    const base: Ignition = { ignition: { version: '3.2.0' } };
    const override = { ...base, storage: { files: [{ path, overwrite: true, contents }] } };
    const merged = mergeIgnition(base, { infraEnvId: 'id', sshKeys: [], files: filesOf(sampleOf(key)), override });
    const found = merged.storage?.files?.filter((file) => file.path === path);
    expect(found).toHaveLength(1);
    expect(found?.[0]?.contents).toEqual(contents);
  },
);
