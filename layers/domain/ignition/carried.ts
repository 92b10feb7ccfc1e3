import { failure, type ServiceError } from '../errors.ts';
import { networkUnitName } from '../host/discovery-delay.ts';
import type { InfraEnvSettings } from '../infra-env/infra-env-settings.ts';
import type { HostNetwork } from '../infra-env/static-network.ts';
import type { Ignition } from './ignition.ts';
import { rendezvousAddress, rendezvousAddressIn } from './rendezvous.ts';
import { resourceText } from './resource.ts';

const notCarried = (setting: string, what: string): ServiceError =>
  failure('InstallerRefused', { reason: `${setting}: openshift-install leaves out ${what}` });

const macTable = /^(?<folder>\/etc\/assisted\/network\/host\d+\/)mac_interface\.ini$/;

/** The lines of each mac_interface.ini that has connections beside it, in lower case. */
const macTablesIn = ({ storage }: Ignition): readonly (readonly string[])[] => {
  const files = storage?.files ?? [];
  return files.flatMap(({ path, contents }) => {
    const folder = macTable.exec(path)?.groups?.folder;
    if (folder === undefined || !contents) return [];
    const hasConnections = files.some((other) => other.path !== path && other.path.startsWith(folder));
    return hasConnections ? [resourceText(contents).toLowerCase().split('\n')] : [];
  });
};

// By MAC address, as a host finds its own folder: which number a folder has means nothing to it.
const checkHosts = (ignition: Ignition, hosts: readonly HostNetwork[]): void => {
  const tables = macTablesIn(ignition);
  const isThere = ({ mac_interface_map }: HostNetwork): boolean => {
    const lines = mac_interface_map.map((entry) => `${entry.mac_address}=${entry.logical_nic_name}`.toLowerCase());
    return tables.some((table) => lines.every((line) => table.includes(line)));
  };
  const missing = hosts.findIndex((host) => !isThere(host));
  if (missing !== -1) throw notCarried('static_network_config', `the network of host ${missing}`);
  const unit = ignition.systemd?.units?.find(({ name }) => name === networkUnitName);
  if (hosts.length > 0 && unit?.enabled !== true) throw notCarried('static_network_config', 'what applies it');
};

/** Whether the networks of all hosts are there, and what applies them. */
export const networksArrive = (ignition: Ignition, hosts: readonly HostNetwork[]): boolean => {
  try {
    checkHosts(ignition, hosts);
    return true;
  } catch {
    return false;
  }
};

/**
 * Checks what the binary has made of the settings that it is known to drop without a word: the network of every host, the
 * service that applies it, and the rendezvous host's address.
 *
 * @throws InstallerRefused
 */
export const checkCarried = (
  ignition: Ignition,
  settings: Pick<InfraEnvSettings, 'static_network_config' | 'rendezvous_ip'>,
): void => {
  checkHosts(ignition, settings.static_network_config ?? []);
  const [wanted, carried] = [rendezvousAddress(settings), rendezvousAddressIn(ignition)];
  if (wanted?.toString() !== carried?.toString()) throw notCarried('rendezvous_ip', 'the address');
};
