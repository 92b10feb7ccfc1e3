import { type IpAddress, parseAddress } from '../values/address.ts';
import { type Cidr, includes, isBroadcast, isNetworkAddress } from '../values/cidr.ts';
import { isReachable, reachFault } from '../values/host-address.ts';
import { listAt } from './network-values.ts';
import { type NetworkInterface, readNetwork } from './network-yaml.ts';
import { gatewaysOf } from './node-addresses.ts';
import { isPlaceholder } from './placeholder.ts';
import type { HostNetwork } from './static-network.ts';

interface Host {
  /** Its place among all, which counts from 0. */
  readonly host: number;
  readonly document: unknown;
  readonly interfaces: readonly NetworkInterface[];
}

const readHost = (host: number, network: HostNetwork): readonly Host[] => {
  const reading = readNetwork(network);
  return isPlaceholder(network) || !reading.interfaces ? [] : [{ host, ...reading }];
};

/** From this length on a network has neither an address of its own nor one for all (RFC 3021). */
const isPointToPoint = ({ prefix }: Cidr): boolean => prefix >= 31;

const placeOf = (subnet: Cidr): string | undefined => {
  if (subnet.family === 'IPv6' || isPointToPoint(subnet)) return undefined;
  if (isNetworkAddress(subnet)) return 'the address of its network itself';
  return isBroadcast(subnet, subnet.address) ? 'the broadcast address of its network' : undefined;
};

/** Static addresses that are no host's: those that nobody can reach, the ends of a network, and its gateway's. */
const ownDoubts = ({ host, interfaces }: Host, gateways: ReadonlySet<string>): readonly string[] =>
  interfaces.flatMap(({ isWithinHost, subnets }) =>
    subnets.flatMap((subnet) => {
      const { address, text } = subnet;
      // NMState leaves a link-local one out: the host has its own.
      const isLeftOut = address.range() === 'linkLocal';
      const fault = isWithinHost || isLeftOut ? undefined : reachFault(address);
      const place = gateways.has(String(address)) ? "the gateway's own address" : (fault ?? placeOf(subnet));
      return place === undefined ? [] : [`host ${host} has ${text}, ${place}`];
    }),
  );

/** Whether the host has networks of the gateway's family, all of them on a cable with others, and it is in none. */
const isBeyond = (gateway: IpAddress, subnets: readonly Cidr[]): boolean => {
  const related = subnets.filter(({ address }) => address.kind() === gateway.kind());
  const areShared = related.every(({ prefix, bits }) => prefix < bits);
  return related.length > 0 && areShared && !related.some((subnet) => includes(subnet, gateway));
};

/** Gateways that the host cannot send to. A link-local one is on every cable. */
const gatewayDoubts = ({ host, document, interfaces }: Host): readonly string[] => {
  if (interfaces.some(({ isDynamic }) => isDynamic)) return [];
  const subnets = interfaces.flatMap((entry) => entry.subnets);
  return gatewaysOf(document)
    .filter((gateway) => isReachable(gateway) && isBeyond(gateway, subnets))
    .map((gateway) => `host ${host} has the gateway ${gateway}, which is in none of its networks`);
};

const nameServerDoubts = ({ host, document }: Host): readonly string[] =>
  listAt(document, 'dns-resolver', 'config', 'server').flatMap((server) => {
    const address = parseAddress(String(server));
    const fault = address && reachFault(address);
    return fault === undefined ? [] : [`host ${host} has the name server ${address}, ${fault}`];
  });

/** Addresses that NMState takes and with which a host reaches nobody, or nobody it. Hosts count from 0. */
export const addressDoubts = (hosts: readonly HostNetwork[]): readonly string[] => {
  const real = hosts.flatMap((network, host) => readHost(host, network));
  const gateways = new Set(real.flatMap(({ document }) => gatewaysOf(document)).map(String));
  return real.flatMap((host) => [...ownDoubts(host, gateways), ...gatewayDoubts(host), ...nameServerDoubts(host)]);
};
