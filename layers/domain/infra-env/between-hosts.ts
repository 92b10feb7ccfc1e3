import type { IpAddress } from '../values/address.ts';
import { type NetworkInterface, readNetwork } from './network-yaml.ts';
import { cabledAddresses, nodeAddresses } from './node-addresses.ts';
import { isPlaceholder } from './placeholder.ts';

interface Network {
  readonly network_yaml: string;
  readonly mac_interface_map: readonly { readonly mac_address: string }[];
}

/** What two hosts have alike; hosts count from 0. */
interface Clash {
  readonly value: string;
  readonly first: number;
  readonly second: number;
}

type Values = (network: Network) => readonly string[];

const clashes = (hosts: readonly Network[], valuesOf: Values): readonly Clash[] => {
  const owners = new Map<string, number>();
  const found: Clash[] = [];
  for (const [second, network] of hosts.entries()) {
    if (isPlaceholder(network)) continue;
    for (const value of new Set(valuesOf(network))) {
      const first = owners.get(value);
      if (first === undefined) owners.set(value, second);
      else found.push({ value, first, second });
    }
  }
  return found;
};

const texts = (addresses: readonly IpAddress[]): readonly string[] => addresses.map(String);

const macsWhere = (network: Network, isMeant: (entry: NetworkInterface) => boolean): readonly string[] =>
  (readNetwork(network).interfaces ?? [])
    .filter(isMeant)
    .map(({ macAddress }) => macAddress)
    .filter((mac) => mac !== undefined);

/** By these a host finds its own network, and its cards. */
const cardsOf = (network: Network): readonly string[] => [
  ...network.mac_interface_map.map(({ mac_address }) => mac_address.toLowerCase()),
  ...macsWhere(network, ({ isEthernet, hasMacIdentifier }) => isEthernet && hasMacIdentifier),
];

const givenMacs = (network: Network): readonly string[] =>
  macsWhere(network, ({ hasMacIdentifier, isWithinHost }) => !hasMacIdentifier && !isWithinHost);

/** What two hosts of one installation cannot share, wherever they stand. */
export const faultsBetweenHosts = (hosts: readonly Network[]): readonly string[] => {
  const faults = (name: string, valuesOf: Values) =>
    clashes(hosts, valuesOf).map(
      ({ value, first, second }) => `${name} ${value} of host ${second} belongs to host ${first} already`,
    );
  return [...faults('MAC address', cardsOf), ...faults('address', (network) => texts(nodeAddresses(network)))];
};

/** What two hosts share although that is right only where no network connects the two: a cable of each to its own disks. */
export const doubtsBetweenHosts = (hosts: readonly Network[]): readonly string[] => {
  const doubts = (name: string, valuesOf: Values) =>
    clashes(hosts, valuesOf).map(
      ({ value, first, second }) =>
        `hosts ${first} and ${second} both have the ${name} ${value}, which works only where no network connects the two`,
    );
  return [...doubts('address', (network) => texts(cabledAddresses(network))), ...doubts('MAC address', givenMacs)];
};

/** The hosts that have an address, by their numbers. */
export const hostsWith = (address: IpAddress, hosts: readonly Network[]): readonly number[] =>
  [...hosts.entries()]
    .filter(([, network]) => !isPlaceholder(network) && texts(cabledAddresses(network)).includes(String(address)))
    .map(([host]) => host);
