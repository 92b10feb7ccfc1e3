import type { InfraEnv } from './infra-env.ts';
import type { InfraEnvSettings } from './infra-env-settings.ts';
import { type SettingKey, settingKeys, settingTable } from './setting-table.ts';

type ArtifactInputs = Pick<InfraEnv, 'type' | 'cpuArchitecture' | 'openshiftVersion'> & {
  readonly settings: Readonly<Record<string, unknown>>;
};

const inputOf = (settings: InfraEnvSettings, key: SettingKey): unknown => {
  const { changesArtifact } = settingTable[key];
  if (typeof changesArtifact === 'function') return changesArtifact(settings);
  return changesArtifact ? settings[key] : undefined;
};

const settingInputs = (settings: InfraEnvSettings): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    settingKeys.map((key) => [key, inputOf(settings, key)] as const).filter(([, input]) => input !== undefined),
  );

/** Everything that a change may alter and that goes into the ignition or the ISO, but for the pull secret. */
export const artifactInputs = ({ type, cpuArchitecture, openshiftVersion, settings }: InfraEnv): ArtifactInputs => ({
  type,
  cpuArchitecture,
  ...(openshiftVersion === undefined ? {} : { openshiftVersion }),
  settings: settingInputs(settings),
});

/** A database gives the keys of a map back in an order of its own. */
const sortKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Whether both give the same artifacts, if they have the same pull secret. */
export const haveSameInputs = (a: InfraEnv, b: InfraEnv): boolean =>
  JSON.stringify(artifactInputs(a), sortKeys) === JSON.stringify(artifactInputs(b), sortKeys);
