import { describe, expect, test } from 'vitest';
import { infraEnvAnswer, toInfraEnvAnswer } from '#contract/infra-env-answer.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { artifactInputs } from '#domain/infra-env/revision.ts';
import { settingKeys, settingTable } from '#domain/infra-env/setting-table.ts';
import { anInfraEnv } from '#test/fakes/records.ts';
import { settingSamples } from '#test/scenarios/setting-samples.ts';
import { patch, register } from './requests.ts';

const bare = anInfraEnv();

const answered = (infraEnv: InfraEnv) => infraEnvAnswer.parse(toInfraEnvAnswer(infraEnv, undefined));

/** The setting, and those that it does nothing without. */
const withPairs = (key: (typeof settingKeys)[number]) => {
  const pairs = settingKeys.filter((other) => other in settingTable[key].pairs && other !== 'additional_ntp_sources');
  return Object.fromEntries([key, ...pairs].map((name) => [name, settingSamples[name].value]));
};

describe.each(settingKeys)('%s', (key) => {
  const { value, other, cleared } = settingSamples[key];
  const { changesArtifact } = settingTable[key];
  const set = anInfraEnv({ settings: withPairs(key) });

  test('is taken by a registration and by a PATCH alike', () => {
    expect(register({ [key]: value }).settings).toEqual({ [key]: value });
    expect(patch({ [key]: value }).infraEnv.settings).toEqual({ [key]: value });
  });

  test('is in the answer, and not while it is not set', () => {
    expect(answered(set)[key]).toEqual(settingTable[key].answer.show(value as never));
    expect(answered(set)[key]).not.toEqual(answered(bare)[key]);
  });

  test('set to another value counts as a change of the artifacts as far as its row says so', () => {
    expect(patch({ [key]: other }, set).artifactChanged).toBe(changesArtifact !== false);
  });

  test('cleared gives the artifacts that there are without it', () => {
    const { infraEnv } = patch({ [key]: cleared }, anInfraEnv({ settings: { [key]: value } }));
    expect(artifactInputs(infraEnv)).toEqual(artifactInputs(bare));
  });

  test('goes when the infra-env becomes of a type that cannot have it', () => {
    const { infraEnv } = patch({ image_type: 'full-iso' }, anInfraEnv({ settings: { [key]: value } }));
    expect(key in infraEnv.settings).toBe(settingTable[key].imageTypes.includes('full-iso'));
  });
});
