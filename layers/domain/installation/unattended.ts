import { networkUnitName } from '../host/discovery-delay.ts';
import { toIgnitionFile } from '../host/host-file.ts';
import { infraEnvIdName } from '../ignition/credentials.ts';
import type { Ignition, IgnitionFile, IgnitionUnit } from '../ignition/ignition.ts';
import { serviceEnvironment } from '../ignition/merge.ts';
import { resourceText } from '../ignition/resource.ts';
import { withVariables } from '../ignition/variables.ts';
import type { ArchivedFile } from './cpio-reader.ts';
import { operatorsFile } from './operators-file.ts';
import type { Site } from './site.ts';
import { startUnitName, unattendedScripts, unattendedUnits } from './units.ts';

const networkFolder = '/etc/assisted/network/';
const rendezvousFile = '/etc/assisted/rendezvous-host.env';

/** What was made by the run of another binary's command: never mixed with the archive's. */
const isOfOtherRun = ({ path }: IgnitionFile): boolean =>
  path.startsWith(networkFolder) || path === rendezvousFile || path === `${rendezvousFile}.template`;

const toFile = ({ path, mode, content }: ArchivedFile): IgnitionFile => ({
  ...toIgnitionFile({ path, mode, text: '' }),
  contents: { source: `data:text/plain;charset=utf-8;base64,${content.toString('base64')}` },
});

const enabled = (unit: IgnitionUnit): IgnitionUnit => ({ ...unit, enabled: true });

const missing = (name: string): Error => new Error(`the unconfigured ignition has no unit ${name}`);

const withEnabled = (units: readonly IgnitionUnit[], names: readonly string[]): IgnitionUnit[] => {
  const unknown = names.find((name) => !units.some((unit) => unit.name === name));
  if (unknown !== undefined) throw missing(unknown);
  return units.map((unit) => (names.includes(unit.name) ? enabled(unit) : unit));
};

// Their order in the archive is another in each run.
const byPath = (a: ArchivedFile, b: ArchivedFile): number => (a.path < b.path ? -1 : 1);

const passwordHash = '/opt/agent/tls/kubeadmin-password.hash';

/** At a host's console the user core has the administrator's password, as with a configuration medium. */
const withConsolePassword = ({ passwd }: Ignition, archive: readonly ArchivedFile[]): Pick<Ignition, 'passwd'> => {
  const hash = archive
    .find(({ path }) => path === passwordHash)
    ?.content.toString('utf8')
    .trim();
  if (hash === undefined) return passwd === undefined ? {} : { passwd };
  const users = passwd?.users ?? [];
  const known = users.some(({ name }) => name === 'core') ? users : [...users, { name: 'core' }];
  return {
    passwd: { ...passwd, users: known.map((user) => (user.name === 'core' ? { ...user, passwordHash: hash } : user)) },
  };
};

/**
 * An unconfigured ignition with what `agent create config-image` made of the cluster: the archive's copy wins, and nothing of
 * the other run's networks and rendezvous host stays, since tokens and numbers of folders differ from run to run. The
 * installation starts by itself.
 *
 * @throws Error where the ignition lacks a unit that it takes
 */
export const withConfigImage = (unconfigured: Ignition, archive: readonly ArchivedFile[]): Ignition => {
  const { storage, systemd } = unconfigured;
  const paths = new Set(archive.map(({ path }) => path));
  const kept = (storage?.files ?? []).filter((file) => !isOfOtherRun(file) && !paths.has(file.path));
  const hasNetworks = archive.some(({ path }) => path.startsWith(networkFolder));
  const names = [startUnitName, ...(hasNetworks ? [networkUnitName] : [])];
  return {
    ...unconfigured,
    ...withConsolePassword(unconfigured, archive),
    storage: { ...storage, files: [...kept, ...archive.toSorted(byPath).map(toFile)] },
    systemd: { ...systemd, units: withEnabled(systemd?.units ?? [], names) },
  };
};

/**
 * An unconfigured ignition whose hosts wait for a medium: what that brings along is not there, and its loader enables the
 * start of the installation.
 */
export const awaitingMedium = (unconfigured: Ignition): Ignition => {
  const { storage, systemd } = unconfigured;
  const units = (systemd?.units ?? []).map((unit) =>
    unit.name === startUnitName ? { ...unit, enabled: false } : unit,
  );
  return {
    ...unconfigured,
    storage: { ...storage, files: (storage?.files ?? []).filter((file) => !isOfOtherRun(file)) },
    systemd: { ...systemd, units },
  };
};

interface Medium {
  readonly infraEnvId: string;
  readonly archive: readonly ArchivedFile[];
  /** What the infra-env's settings make of a host's files. */
  readonly ofSettings: readonly IgnitionFile[];
}

const onMedium = (file: ArchivedFile, { infraEnvId, ofSettings }: Medium): ArchivedFile => {
  const own = { path: serviceEnvironment, name: infraEnvIdName, value: infraEnvId };
  const { contents } = ofSettings.find(({ path }) => path === file.path) ?? withVariables(toFile(file), [own]);
  return contents ? { ...file, content: Buffer.from(resourceText(contents)) } : file;
};

/** What a medium brings along: the archive, in it what the infra-env says otherwise of its hosts, and the operators. */
export const mediumFiles = (site: Site, medium: Medium): readonly ArchivedFile[] => [
  ...medium.archive.map((file) => onMedium(file, medium)),
  ...operatorsFile(site).map(({ path, mode, text }) => ({ path, mode, content: Buffer.from(text) })),
];

/** What an installation needs besides that starts by itself; the operators, unless a medium brings them along. */
export const unattendedParts = (
  site: Site,
  { isSeparate, ...options }: { readonly allowsReinstall: boolean; readonly isSeparate: boolean },
) => ({
  files: [...(isSeparate ? [] : operatorsFile(site)), ...unattendedScripts(options)].map(toIgnitionFile),
  units: unattendedUnits(options),
});
