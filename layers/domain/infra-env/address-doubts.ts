import { type Cidr, isBroadcast, isNetworkAddress } from '../values/cidr.ts';
import { readNetwork } from './network-yaml.ts';
import { gatewaysOf } from './node-addresses.ts';
import { isPlaceholder } from './placeholder.ts';
import { type HostNetwork, staticSubnets } from './static-network.ts';

/** From this length on a network has neither an address of its own nor one for all (RFC 3021). */
const isPointToPoint = ({ prefix }: Cidr): boolean => prefix >= 31;

const placeOf = (subnet: Cidr): string | undefined => {
  if (subnet.family === 'IPv6' || isPointToPoint(subnet)) return undefined;
  if (isNetworkAddress(subnet)) return 'the address of its network itself';
  return isBroadcast(subnet, subnet.address) ? 'the broadcast address of its network' : undefined;
};

const gatewayTexts = (network: HostNetwork): readonly string[] => {
  const reading = readNetwork(network);
  return reading.interfaces ? gatewaysOf(reading.document).map(String) : [];
};

/** Static addresses that NMState takes and that no host of a network has: its ends, and its gateway's. Hosts count from 0. */
export const addressDoubts = (hosts: readonly HostNetwork[]): readonly string[] => {
  const real = [...hosts.entries()].filter(([, network]) => !isPlaceholder(network));
  const gateways = new Set(real.flatMap(([, network]) => gatewayTexts(network)));
  return real.flatMap(([host, network]) =>
    staticSubnets(network).flatMap((subnet) => {
      const place = gateways.has(String(subnet.address)) ? "the gateway's own address" : placeOf(subnet);
      return place === undefined ? [] : [`host ${host} has ${subnet.text}, ${place}`];
    }),
  );
};
