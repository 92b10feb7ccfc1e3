import { failure } from '../../errors.ts';
import { type Authentication, currentExamination, type InstallerProfile } from '../../release/installer-profile.ts';
import { checkNames } from '../check.ts';
import { infraEnvIdName } from '../credentials.ts';
import { holdsPullSecret } from '../finished.ts';
import type { Ignition } from '../ignition.ts';
import { serviceEnvironment } from '../merge.ts';
import { authenticationIn } from '../tokens.ts';
import { type Assignment, variablesIn } from '../variables.ts';
import { missingSettings, type NetworkRuns, networkProfileOf } from './arrivals.ts';
import { inventionsIn } from './equal-runs.ts';
import { harmlessPullSecret } from './harmless.ts';

/** What the runs of one binary have made. */
export interface Findings {
  readonly version: string;
  readonly flags: readonly string[];
  readonly configImage: boolean;
  /** With every setting that the binary does not refuse. */
  readonly run: Ignition;
  /** With the same inputs. */
  readonly equalRun: Ignition;
  readonly refusedSettings: readonly string[];
  /** undefined where nmstatectl was not there. */
  readonly networks: NetworkRuns | undefined;
}

const modesIn = ({ storage }: Ignition) => {
  const files = (storage?.files ?? []).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return Object.fromEntries(files.map(({ path, mode }) => [path, mode ?? 0o644]));
};

const unitsIn = ({ systemd }: Ignition): InstallerProfile['units'] => {
  const units = (systemd?.units ?? []).map((unit) => {
    const contents = 'contents' in unit ? String(unit.contents) : '';
    const timeout = /^Timeout(?:Start)?Sec=(.*)$/m.exec(contents)?.[1];
    return [unit.name, { enabled: 'enabled' in unit && unit.enabled === true, ...(timeout && { timeout }) }] as const;
  });
  return Object.fromEntries(units);
};

const authenticationOf = (variables: readonly Assignment[]): Authentication | undefined => {
  const { keys, tokens } = authenticationIn(variables);
  const [key] = keys;
  return key === undefined || tokens.length === 0 ? undefined : { key, tokens };
};

const ambiguous = (variables: readonly Assignment[], invented: InstallerProfile['invented']): string | undefined => {
  const names = [...new Set(invented.map(({ name }) => name))];
  const paths = new Set(invented.map(({ path }) => path));
  const valuesOf = (wanted: string) =>
    new Set(variables.filter(({ name, path }) => name === wanted && paths.has(path)).map(({ value }) => value));
  return names.find((name) => valuesOf(name).size > 1);
};

/** What the service needs of any binary; undefined where all of it is there. */
const needUnmet = ({ run }: Findings, invented: InstallerProfile['invented']): string | undefined => {
  const variables = variablesIn(run);
  if (!holdsPullSecret(run, harmlessPullSecret)) return 'the pull secret that it is given is not in its ignition';
  if (!variables.some(({ path, name }) => path === serviceEnvironment && name === infraEnvIdName)) {
    return `its ignition has no ${infraEnvIdName} in ${serviceEnvironment}, by which the hosts find their infra-env`;
  }
  const [unverified] = authenticationIn(variables).unverified;
  if (unverified !== undefined) {
    return `no key in its ignition verifies the token ${unverified.name} in ${unverified.path}: the service on site would refuse it`;
  }
  const twice = ambiguous(variables, invented);
  return twice && `a run of it sets ${twice} to several values, of which an infra-env could keep one alone`;
};

const problemWithNames = (run: Ignition): string | undefined => {
  try {
    checkNames(run);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
};

const lacksNetworks = ({ networks }: Findings, authentication: Authentication | undefined): boolean => {
  if (networks === undefined) return false;
  const profile = networkProfileOf(networks);
  return profile === undefined || (authentication !== undefined && profile.besideAddress === 'discarded');
};

/**
 * The profile of a binary.
 *
 * @throws InstallerUnfit with what is missing
 */
export const profileOf = (findings: Findings): InstallerProfile => {
  const { version, flags, configImage, run, equalRun, refusedSettings, networks } = findings;
  const { invented, unsteady } = inventionsIn(run, equalRun);
  const reason = needUnmet(findings, invented) ?? problemWithNames(run);
  if (reason !== undefined) throw failure('InstallerUnfit', { version, reason });
  const authentication = authenticationOf(variablesIn(run));
  const networkProfile = networks && networkProfileOf(networks);
  const lacks = [
    ...refusedSettings,
    ...missingSettings(run),
    ...(lacksNetworks(findings, authentication) ? ['static_network_config'] : []),
  ];
  const files = modesIn(run);
  return {
    examination: currentExamination,
    flags,
    configImage,
    mirrors: '/etc/containers/registries.conf' in files,
    ...(networkProfile === undefined ? {} : { networks: networkProfile }),
    lacks: [...new Set(lacks)],
    invented,
    ...(authentication === undefined ? {} : { authentication }),
    unsteady,
    files,
    units: unitsIn(run),
  };
};
