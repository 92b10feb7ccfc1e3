import { readNetwork } from '../../infra-env/network-yaml.ts';
import { gatewaysOf } from '../../infra-env/node-addresses.ts';
import { type IpAddress, parseAddress } from '../../values/address.ts';
import { type Cidr, includes, isBroadcast, isNetworkAddress, parseCidr } from '../../values/cidr.ts';
import { machineNetworks } from '../machine-networks.ts';
import type { Site } from '../site.ts';
import { hasAddress, type SiteHost } from '../site-host.ts';
import { siteRendezvous } from '../site-rendezvous.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';

interface NamedAddress {
  readonly field: string;
  readonly address: IpAddress;
}

const vipsOf = ({ cluster: { settings } }: Site): readonly NamedAddress[] =>
  (['api_vips', 'ingress_vips'] as const).flatMap((field) =>
    settings[field].flatMap(({ ip }) => {
      const address = parseAddress(ip);
      return address === undefined ? [] : [{ field, address }];
    }),
  );

/** Without those of two addresses or one, which have no ends (RFC 3021). */
const isEnd = (subnet: Cidr, address: IpAddress): boolean =>
  subnet.family === 'IPv4' &&
  subnet.prefix < 31 &&
  includes(subnet, address) &&
  (isNetworkAddress({ ...subnet, address }) || isBroadcast(subnet, address));

const isGatewayOf = ({ network }: SiteHost, address: IpAddress): boolean => {
  const reading = network && readNetwork(network);
  return !!reading?.interfaces && gatewaysOf(reading.document).some((gateway) => String(gateway) === String(address));
};

/** What an address is already, so that no host of the cluster may take it. */
const takenFaults = (site: Site, { field, address }: NamedAddress): readonly Fault[] => {
  const owner = site.hosts.findIndex((host) => hasAddress(host, address));
  const sender = site.hosts.findIndex((host) => isGatewayOf(host, address));
  const isOfUser = site.cluster.settings.load_balancer?.type === 'user-managed';
  return [
    ...faultIf(
      String(address) === String(siteRendezvous(site)),
      field,
      `${address} is the rendezvous host's own address: a virtual one has to be free`,
    ),
    ...faultIf(
      owner !== -1,
      field,
      `${address} is the static address of hosts[${owner}]: a virtual one has to be free`,
    ),
    // A load balancer of the user may be on the same machine as the gateway.
    ...faultIf(
      sender !== -1 && !isOfUser,
      field,
      `${address} is the gateway of hosts[${sender}]: a virtual one has to be free`,
    ),
  ];
};

/** Where a virtual address lies: in a machine network, and at neither end of a network of the hosts. */
const placeFaults = (site: Site, { field, address }: NamedAddress): readonly Fault[] => {
  const networks = machineNetworks(site).flatMap((text) => parseCidr(text) ?? []);
  const ended = site.hosts.findIndex(({ subnets }) => subnets.some((subnet) => isEnd(subnet, address)));
  return [
    ...faultIf(
      networks.length > 0 && !networks.some((network) => includes(network, address)),
      field,
      `${address} is in none of the machine networks ${networks.map(({ text }) => text).join(', ')}`,
    ),
    ...faultIf(
      ended !== -1,
      field,
      `${address} is the first or the last address of the network of hosts[${ended}], which no host can have`,
    ),
  ];
};

const familyFaults = (vips: readonly NamedAddress[]): readonly Fault[] =>
  vips.flatMap(({ field, address }, index) => {
    const other = vips.slice(0, index).find((vip) => vip.field === field && vip.address.kind() === address.kind());
    return faultIf(
      other !== undefined,
      field,
      `${address} is of the same family as ${other?.address}: of two, one has to be of IPv4 and one of IPv6`,
    );
  });

/** Virtual addresses that no host of the cluster could take. */
export const vipFaults: Judge = (site) => {
  const vips = vipsOf(site);
  return [...familyFaults(vips), ...vips.flatMap((vip) => [...takenFaults(site, vip), ...placeFaults(site, vip)])];
};
