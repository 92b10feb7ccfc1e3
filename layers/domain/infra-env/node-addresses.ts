import { type IpAddress, parseAddress } from '../values/address.ts';
import { includes } from '../values/cidr.ts';
import { isReachable } from '../values/host-address.ts';
import { listAt, valueAt } from './network-values.ts';
import { type NetworkInterface, readNetwork } from './network-yaml.ts';

interface Network {
  readonly network_yaml: string;
}

const wholeFamilies: readonly unknown[] = ['0.0.0.0/0', '::/0'];

/** The number of the table that every interface uses unless it is in a VRF; NMState takes 0 for it too. */
const mainTable: readonly unknown[] = [undefined, null, 0, 254];

/** The next hops of the routes to everywhere that belong to no VRF. */
export const gatewaysOf = (document: unknown): readonly IpAddress[] =>
  listAt(document, 'routes', 'config')
    .filter((route) => wholeFamilies.includes(valueAt(route, 'destination')))
    .filter((route) => mainTable.includes(valueAt(route, 'table-id')) && valueAt(route, 'state') !== 'absent')
    .map((route) => parseAddress(String(valueAt(route, 'next-hop-address'))))
    .filter((address) => address !== undefined);

const besideGateways = (interfaces: readonly NetworkInterface[], gateways: readonly IpAddress[]) =>
  interfaces
    .flatMap(({ subnets }) => subnets)
    .filter((subnet) => gateways.some((gateway) => includes(subnet, gateway)))
    .map(({ address }) => address);

/** The addresses of an interface that another host may look for. */
const sharedAddresses = ({ isWithinHost, staticAddresses }: NetworkInterface): readonly IpAddress[] =>
  isWithinHost ? [] : staticAddresses.filter(isReachable);

/** Every static address that a cable leads to. */
export const cabledAddresses = (network: Network): readonly IpAddress[] =>
  (readNetwork(network).interfaces ?? []).flatMap(sharedAddresses);

/**
 * The addresses that the host certainly has in the network of the cluster's nodes: those beside its gateway or, without a
 * gateway, those of its only interface with addresses. A host's other interfaces may lead to a network of its own.
 */
export const nodeAddresses = (network: Network): readonly IpAddress[] => {
  const reading = readNetwork(network);
  if (!reading.interfaces) return [];
  const gateways = gatewaysOf(reading.document);
  if (gateways.length > 0) return besideGateways(reading.interfaces, gateways).filter(isReachable);
  const perInterface = reading.interfaces.map(sharedAddresses).filter((addresses) => addresses.length > 0);
  const isOnly = perInterface.length === 1 && !reading.interfaces.some(({ isDynamic }) => isDynamic);
  return isOnly ? perInterface.flat() : [];
};
