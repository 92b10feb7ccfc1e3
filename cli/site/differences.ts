import { isDeepStrictEqual } from 'node:util';
import { CommandFailure } from '#adapters/command-failure.ts';
import { readOperators } from '#domain/cluster/cluster-setting-readings.ts';
import { askedOperators } from '#domain/cluster/cluster-setting-shapes.ts';
import { clusterUpdateParams } from '#domain/cluster/cluster-settings.ts';
import { namedOperators } from '#domain/cluster/named-operators.ts';
import { infraEnvUpdateParams } from '#domain/infra-env/infra-env-settings.ts';
import { changedSettings } from '#domain/infra-env/setting-application.ts';
import { shownSettings } from '#domain/infra-env/shown-settings.ts';
import type { ClusterRecord, InfraEnvRecord } from './site-api.ts';
import type { Site } from './site-file.ts';

/** A field whose value in the file is not the one that the API shows. What the file does not name stays as it is. */
export interface Difference {
  readonly field: string;
  /** As the file has it. */
  readonly wanted: unknown;
  /** As the API shows it. */
  readonly found: unknown;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an answer shows what was asked for: the service adds defaults and ids, and leaves out what is empty. */
const isShown = (wanted: unknown, found: unknown): boolean => {
  if (isEmpty(wanted)) return isEmpty(found);
  if (Array.isArray(wanted) && Array.isArray(found)) {
    return wanted.length === found.length && wanted.every((each, index) => isShown(each, found[index]));
  }
  if (isObject(wanted) && isObject(found))
    return Object.entries(wanted).every(([key, each]) => isShown(each, found[key]));
  return typeof wanted === 'string' && typeof found === 'string' ? wanted.trim() === found.trim() : wanted === found;
};

const isVersionOf = (wanted: unknown, found: string): boolean =>
  typeof wanted === 'string' && (found === wanted || found.startsWith(`${wanted}.`) || `${found}-multi` === wanted);

/** By the names that the service keeps. */
const operatorsIn = (wanted: unknown) => readOperators(askedOperators.safeParse(wanted).data ?? []) ?? [];

const shownOf = (cluster: ClusterRecord, field: string, wanted: unknown): unknown => {
  if (field !== 'olm_operators') return cluster[field];
  const names = operatorsIn(wanted).map(({ name }) => name);
  return namedOperators(cluster.monitored_operators, names);
};

const sameOf = (field: string, wanted: unknown, cluster: ClusterRecord): boolean => {
  if (field === 'openshift_version') return isVersionOf(wanted, cluster.openshift_version);
  return isShown(field === 'olm_operators' ? operatorsIn(wanted) : wanted, shownOf(cluster, field, wanted));
};

/** @throws CommandFailure when a difference can be made by no change, e.g. of the version */
const checkChangeable = (differences: readonly Difference[], known: object): readonly Difference[] => {
  const fixed = differences.find(({ field }) => !(field in known));
  if (fixed === undefined) return differences;
  throw new CommandFailure(
    `${fixed.field} is settled when a site is made, and is ${JSON.stringify(fixed.found)}: delete the site, and apply it again`,
  );
};

export const clusterDifferences = ({ cluster: wanted }: Site, found: ClusterRecord): readonly Difference[] => {
  const differences = Object.entries(wanted)
    .filter(([field, value]) => !sameOf(field, value, found))
    .map(([field, value]) => ({ field, wanted: value, found: shownOf(found, field, value) }));
  return checkChangeable(differences, clusterUpdateParams.shape);
};

/** What an infra-env of this file's settings would show, worked out by the rules of the service itself. */
const expected = ({
  infraEnv: { image_type, cpu_architecture: _, ...params },
}: Site): Readonly<Record<string, unknown>> => {
  const { image_type: type, ...settings } = infraEnvUpdateParams.parse({ image_type, ...params });
  const changes = { call: 'update', type: type || 'disconnected-iso', params: settings } as const;
  return JSON.parse(JSON.stringify(shownSettings(changedSettings({}, changes))));
};

/** @throws CommandFailure, InvalidInput for a value that the service refuses */
export const infraEnvDifferences = (site: Site, found: InfraEnvRecord): readonly Difference[] => {
  const shown: Readonly<Record<string, unknown>> = {
    ...site.infraEnv,
    ...expected(site),
    image_type: site.infraEnv.image_type,
  };
  const actual: Readonly<Record<string, unknown>> = { ...found, image_type: found.type };
  const differences = Object.entries(site.infraEnv)
    .filter(([field]) => !isDeepStrictEqual(shown[field] ?? null, actual[field] ?? null))
    .map(([field, wanted]) => ({ field, wanted, found: actual[field] }));
  return checkChangeable(differences, infraEnvUpdateParams.shape);
};
