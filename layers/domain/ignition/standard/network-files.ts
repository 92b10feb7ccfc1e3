import type { HostFile } from '../../host/host-file.ts';
import type { InfraEnv } from '../../infra-env/infra-env.ts';
import { isPlaceholder } from '../../infra-env/placeholder.ts';
import type { HostNetwork } from '../../infra-env/static-network.ts';
import { isAtLeast } from '../../values/version.ts';
import type { Keyfile } from '../ignition-ports.ts';
import { withPriority } from './keyfile.ts';
import { networkPolicy, readWithoutBraces } from './network-policy.ts';

/**
 * What a host makes its network of: `nmstate` a document that NMState applies on the host, `keyfiles` connections of
 * NetworkManager that were made here.
 */
export type NetworkForm = 'nmstate' | 'keyfiles';

/** The static network of all hosts of an infra-env. */
export interface StaticNetwork {
  readonly form: NetworkForm;
  readonly files: readonly HostFile[];
}

/** From 4.18 on, the hosts' NMState is able to find an interface by its MAC address (assisted-service API 4.1). */
export const networkFormOf = (openshiftVersion: string | undefined): NetworkForm =>
  openshiftVersion === undefined || isAtLeast(openshiftVersion, '4.18') ? 'nmstate' : 'keyfiles';

/**
 * Checks, when an infra-env is registered or changed, that its hosts could read their static network. Those of a disconnected
 * ISO always can: openshift-install makes connections of it.
 *
 * @throws InvalidInput
 */
export const checkReadable = ({
  type,
  openshiftVersion,
  settings,
}: Pick<InfraEnv, 'type' | 'openshiftVersion' | 'settings'>): void => {
  if (type === 'disconnected-iso' || networkFormOf(openshiftVersion) !== 'nmstate') return;
  for (const [host, network] of (settings.static_network_config ?? []).entries()) {
    if (!isPlaceholder(network)) readWithoutBraces(network, host);
  }
};

/** Connections may hold keys of wireless networks and the like: for root alone. */
const hostFile = (host: number, name: string, text: string): HostFile => ({
  path: `/etc/assisted/network/host${host}/${name}`,
  mode: 0o600,
  text,
});

/** By this table a machine finds out that a folder is its own, and which interface a logical name means. */
const macTable = ({ mac_interface_map: map }: HostNetwork, host: number): HostFile => {
  const lines = map.map(({ mac_address, logical_nic_name }) => `${mac_address}=${logical_nic_name}\n`);
  return hostFile(host, 'mac_interface.ini', lines.join(''));
};

/** @throws InvalidInput when a network cannot be put as a policy */
export const nmstateNetwork = (hosts: readonly HostNetwork[]): StaticNetwork => ({
  form: 'nmstate',
  files: hosts.flatMap((network, host) => [
    hostFile(host, `ymlFile${host}.yml`, networkPolicy(network, host)),
    macTable(network, host),
  ]),
});

/** @param keyfiles of each host, in the order of the hosts */
export const keyfileNetwork = (
  hosts: readonly HostNetwork[],
  keyfiles: readonly (readonly Keyfile[])[],
): StaticNetwork => ({
  form: 'keyfiles',
  files: hosts.flatMap((network, host) => [
    ...(keyfiles[host] ?? []).map(({ name, content }) => hostFile(host, name, withPriority(content))),
    macTable(network, host),
  ]),
});
