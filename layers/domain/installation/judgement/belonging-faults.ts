import { readNetwork } from '../../infra-env/network-yaml.ts';
import { macsOf } from '../../infra-env/site-hosts.ts';
import { type Cidr, includes, parseCidr } from '../../values/cidr.ts';
import { machineNetworks } from '../machine-networks.ts';
import { isSingleNode, type Site } from '../site.ts';
import type { SiteHost } from '../site-host.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';

/** Whether the host may get addresses and routes that nobody knows: by DHCP, or on a card of which its network says nothing. */
export const hasFurtherAddresses = ({ macAddresses, network }: SiteHost): boolean => {
  if (network === undefined) return true;
  const described = macsOf(network.mac_interface_map);
  const interfaces = readNetwork(network).interfaces ?? [];
  return macAddresses.some((mac) => !described.includes(mac)) || interfaces.some(({ isDynamic }) => isDynamic);
};

const isIn = ({ subnets }: SiteHost, networks: readonly Cidr[]): boolean =>
  subnets.some(({ address }) => networks.some((network) => includes(network, address)));

/** The networks of which a host has to be in one: with a load balancer of the user any does, else it is one of each family. */
const neededOf = (networks: readonly Cidr[], { load_balancer }: Site['cluster']['settings']): readonly Cidr[][] => {
  if (load_balancer?.type === 'user-managed') return [[...networks]];
  return [...Map.groupBy(networks, ({ family }) => family).values()];
};

/** Where a person may still choose VIPs in another network, nothing is known of where the hosts have to be. */
const areSettled = ({ machine_networks, api_vips }: Site['cluster']['settings']): boolean =>
  machine_networks.length > 0 || api_vips.length > 0;

const faultsOf = (host: SiteHost, field: string, needed: readonly Cidr[][]): readonly Fault[] =>
  needed.flatMap((networks) =>
    faultIf(
      !isIn(host, networks),
      field,
      `its static addresses ${host.subnets.map(({ text }) => text).join(', ')} are in none of the machine networks ` +
        `${networks.map(({ text }) => text).join(', ')}, and it gets none by DHCP: the site would wait for one for ever, ` +
        'unless mac_addresses names a card that gets one',
    ),
  );

/** Hosts that never get an address in a machine network (the site's validation `belongs-to-machine-cidr`). */
export const belongingFaults: Judge = (site) => {
  const { settings } = site.cluster;
  if (!areSettled(settings) || (settings.user_managed_networking && !isSingleNode(site))) return [];
  const networks = machineNetworks(site).flatMap((text) => parseCidr(text) ?? []);
  const needed = networks.length === 0 ? [] : neededOf(networks, settings);
  return site.hosts.flatMap((host, index) =>
    host.subnets.length === 0 || hasFurtherAddresses(host) ? [] : faultsOf(host, `hosts[${index}]`, needed),
  );
};
