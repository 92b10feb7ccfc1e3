import { networkUnitName } from '../host/discovery-delay.ts';
import { toIgnitionFile } from '../host/host-file.ts';
import type { Ignition, IgnitionFile, IgnitionUnit } from '../ignition/ignition.ts';
import type { ArchivedFile } from './cpio-reader.ts';
import { startUnitName } from './units.ts';

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
    storage: { ...storage, files: [...kept, ...archive.map(toFile)] },
    systemd: { ...systemd, units: withEnabled(systemd?.units ?? [], names) },
  };
};
