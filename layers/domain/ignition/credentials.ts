import { failure } from '../errors.ts';
import type { InstallerProfile, Variable } from '../release/installer-profile.ts';
import type { Ignition } from './ignition.ts';
import { type Assignment, variablesIn } from './variables.ts';

/**
 * What one run has invented and every later ignition of the infra-env keeps, by the name of the variable: keys and tokens, by
 * which hosts that booted from different revisions belong to one installation.
 */
export type Credentials = Readonly<Record<string, string>>;

/** Every run invents it, and every ignition has the infra-env's instead. */
export const infraEnvIdName = 'INFRA_ENV_ID';

const keyOf = ({ path, name }: Variable): string => `${path} ${name}`;

const inventedIn = (ignition: Ignition, { invented }: InstallerProfile): readonly Assignment[] => {
  const known = new Set(invented.filter(({ name }) => name !== infraEnvIdName).map(keyOf));
  return known.size === 0 ? [] : variablesIn(ignition).filter((variable) => known.has(keyOf(variable)));
};

/** What the run that made this ignition has invented; undefined where the binary invents nothing. */
export const credentialsOf = (ignition: Ignition, profile: InstallerProfile): Credentials | undefined => {
  const found = inventedIn(ignition, profile);
  return found.length === 0 ? undefined : Object.fromEntries(found.map(({ name, value }) => [name, value]));
};

/**
 * What takes the place of a run's own inventions.
 *
 * @throws InstallerRefused when the credentials are of another binary, which invented less
 */
export const assignmentsOf = (
  ignition: Ignition,
  { profile, credentials }: { readonly profile: InstallerProfile; readonly credentials: Credentials },
): readonly Assignment[] =>
  inventedIn(ignition, profile).map(({ path, name }) => {
    const value = credentials[name];
    if (value !== undefined) return { path, name, value };
    throw failure('InstallerRefused', {
      reason: `the hosts of its first ignition know no ${name}, which this openshift-install asks for: register another infra-env`,
    });
  });
