import { networkUnitName } from '../host/discovery-delay.ts';
import { toIgnitionFile } from '../host/host-file.ts';
import type { Ignition, IgnitionFile, IgnitionUnit } from '../ignition/ignition.ts';
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

/** What an installation needs besides that starts by itself. */
export const unattendedParts = (site: Site, options: { readonly allowsReinstall: boolean }) => ({
  files: [...operatorsFile(site), ...unattendedScripts(options)].map(toIgnitionFile),
  units: unattendedUnits(options),
});
