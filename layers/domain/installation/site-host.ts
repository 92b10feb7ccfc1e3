import { isPlaceholder } from '../infra-env/placeholder.ts';
import { type HostRole, macsOf, type RootDeviceHints, type StoredSiteHost } from '../infra-env/site-hosts.ts';
import { type HostNetwork, staticSubnets } from '../infra-env/static-network.ts';
import type { IpAddress } from '../values/address.ts';
import type { Cidr } from '../values/cidr.ts';

/** A host as the site will know it: what the user says of it, and the static network that is its own. */
export interface SiteHost {
  readonly hostname?: string;
  /** Absent where the user has not said. */
  readonly role?: HostRole;
  /** Lower case; those by which the host is found. */
  readonly macAddresses: readonly string[];
  readonly hints: RootDeviceHints;
  readonly network?: HostNetwork;
  /** Static addresses with the lengths of their prefixes. */
  readonly subnets: readonly Cidr[];
}

export const hasAddress = ({ subnets }: Pick<SiteHost, 'subnets'>, address: IpAddress | undefined): boolean =>
  subnets.some((subnet) => subnet.address.toString() === address?.toString());

interface Described {
  readonly hosts: readonly StoredSiteHost[];
  readonly networks: readonly HostNetwork[];
}

/** The network that has one of the host's MAC addresses; of a host that names none, the one at the same place. */
const networkOf = (host: StoredSiteHost, place: number, networks: readonly HostNetwork[]): HostNetwork | undefined => {
  const network =
    host.mac_addresses.length === 0
      ? networks[place]
      : networks.find(({ mac_interface_map }) =>
          macsOf(mac_interface_map).some((mac) => host.mac_addresses.includes(mac)),
        );
  return network === undefined || isPlaceholder(network) ? undefined : network;
};

const ofNetwork = (network: HostNetwork | undefined): readonly string[] =>
  network === undefined ? [] : macsOf(network.mac_interface_map);

/** The hosts of the user, in the user's order, each with its network. */
export const siteHosts = ({ hosts, networks }: Described): readonly SiteHost[] =>
  hosts.map((host, place) => {
    const network = networkOf(host, place, networks);
    return {
      ...(host.hostname === undefined ? {} : { hostname: host.hostname }),
      ...(host.role === undefined ? {} : { role: host.role }),
      macAddresses: [...new Set([...host.mac_addresses, ...ofNetwork(network)])],
      hints: host.root_device_hints ?? {},
      ...(network === undefined ? {} : { network }),
      subnets: network === undefined ? [] : staticSubnets(network),
    };
  });
