import { throwAll } from '../multierror.ts';
import type { IpAddress } from '../values/address.ts';
import type { Cidr } from '../values/cidr.ts';
import { macAddressPattern, macFault } from '../values/mac-address.ts';
import { excerpt } from '../values/printable.ts';
import { faultsBetweenHosts } from './between-hosts.ts';
import { textsIn } from './network-texts.ts';
import { type NetworkInterface, readNetwork } from './network-yaml.ts';
import { isPlaceholder } from './placeholder.ts';

/** Interfaces whose names the kernel derives from the hardware need no mapping (assisted-service API). */
const physicalName = /^en[PsvxXbucaipod]/;

/** It becomes a line of `mac_interface.ini` and part of a file's name; the real name replaces it on the host. */
const logicalName = /^(?!\.{1,2}$)[\w.:@+-]{1,64}$/;

export interface MacInterface {
  readonly mac_address: string;
  readonly logical_nic_name: string;
}

/** The network of one host, found by its MAC addresses. */
export interface HostNetwork {
  readonly network_yaml: string;
  readonly mac_interface_map: readonly MacInterface[];
}

type Faults = readonly string[];

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;
const macOf = ({ mac_address }: MacInterface): string => mac_address.toLowerCase();
const nicOf = ({ logical_nic_name }: MacInterface): string => logical_nic_name;

/** No card has such an address, and Linux gives none to an interface: the network would stay without it. */
const faultsOfMacs = (macs: readonly string[], host: number): Faults =>
  [...new Set(macs)].flatMap((mac) => {
    const fault = macFault(mac);
    return fault === undefined ? [] : [`MAC address ${excerpt(mac)} of host ${host} is ${fault}`];
  });

const faultsOfMap = (map: readonly MacInterface[], host: number): Faults => {
  if (map.length === 0) return [`at least one interface for host ${host} must be provided`];
  const invalidName = map.map(nicOf).find((name) => !logicalName.test(name));
  return [
    ...(isUnique(map.map(macOf)) && isUnique(map.map(nicOf))
      ? []
      : [`MACs and Interfaces for host ${host} must be unique`]),
    ...(invalidName === undefined
      ? []
      : [`logical_nic_name '${excerpt(invalidName)}' of host ${host} is not an interface name`]),
    ...faultsOfMacs(map.map(macOf), host),
  ];
};

/** Network cards that the configuration needs and that only a mapping can find. */
const unmappable = (interfaces: readonly NetworkInterface[]): readonly string[] => {
  const listed = new Set(interfaces.map(({ name }) => name));
  const cards = interfaces.filter(({ isEthernet, hasMacIdentifier }) => isEthernet && !hasMacIdentifier);
  const below = interfaces.flatMap(({ lowerInterfaces }) => lowerInterfaces).filter((name) => !listed.has(name));
  return [...new Set([...cards.map(({ name }) => name), ...below])].filter((name) => !physicalName.test(name));
};

const givenMacs = (interfaces: readonly NetworkInterface[]): readonly string[] =>
  interfaces
    .map(({ macAddress }) => macAddress)
    .filter((mac) => mac !== undefined)
    .filter((mac) => macAddressPattern.test(mac));

const unreadable = (host: number, fault: string): string =>
  `failed to validate network yaml for host ${host}, ${fault}`;

const faultsOfNetwork = (network: HostNetwork, host: number): Faults => {
  const reading = readNetwork(network);
  if (!reading.interfaces) return [unreadable(host, reading.fault)];
  const { document, interfaces } = reading;
  if (interfaces.length === 0) return ['interface name not found in networks configuration'];
  const mapped = new Set(network.mac_interface_map.map(nicOf));
  // Where in a document an interface may be named is for NMState to know: anywhere will do.
  const named = textsIn(document);
  return [
    ...unmappable(interfaces)
      .filter((name) => !mapped.has(name))
      .map((name) => `mac-interface mapping for interface ${excerpt(name)} is missing and not a physical interface`),
    ...[...mapped]
      .filter((name) => !named.has(name))
      .map((name) => `interface ${excerpt(name)} of host ${host} not found in networks configuration`),
    ...faultsOfMacs(givenMacs(interfaces), host),
  ];
};

/** A network that is still to be filled in need not be complete; what it says so far can be read all the same. */
const faultsOfPlaceholder = (network: HostNetwork, host: number): Faults => {
  const reading = readNetwork(network);
  if (reading.interfaces || network.network_yaml.trim() === '') return [];
  return [unreadable(host, reading.fault)];
};

const faultsOfHost = (network: HostNetwork, host: number): Faults =>
  isPlaceholder(network)
    ? faultsOfPlaceholder(network, host)
    : [...faultsOfMap(network.mac_interface_map, host), ...faultsOfNetwork(network, host)];

/** As many as a person reads, and as an event holds. */
const longestList = 50;

/** The first of many faults, and how many there are besides. */
export const shortened = (faults: Faults): Faults =>
  faults.length > longestList
    ? [...faults.slice(0, longestList), `${faults.length - longestList} further errors`]
    : faults;

/**
 * Checks the static networks of an infra-env's hosts (assisted-service API, and that mapped interfaces exist, MAC addresses
 * can be those of cards, and no two hosts share what only one can have). Hosts count from 0; those that are still
 * placeholders may be incomplete. Whether NMState can apply a network is not judged here.
 *
 * @throws InvalidInput with the faults of all hosts
 */
export const checkStaticNetwork = (hosts: readonly HostNetwork[]): void => {
  throwAll(shortened([...hosts.flatMap(faultsOfHost), ...faultsBetweenHosts(hosts)]));
};

/** The static addresses of the hosts' enabled families, in the user's order. */
export const staticAddresses = (hosts: readonly HostNetwork[]): readonly IpAddress[] =>
  hosts.flatMap((network) => readNetwork(network).interfaces ?? []).flatMap((entry) => entry.staticAddresses);

/** The static addresses of a host with the lengths of their prefixes, in the user's order. */
export const staticSubnets = (network: HostNetwork): readonly Cidr[] =>
  (readNetwork(network).interfaces ?? []).flatMap(({ subnets }) => subnets);

/**
 * Every address that a host can have; undefined when that is not known, since some host has none of its own, gets further
 * ones on the network, or is a placeholder.
 */
export const allAddresses = (hosts: readonly HostNetwork[]): readonly IpAddress[] | undefined => {
  if (hosts.length === 0 || hosts.some(isPlaceholder)) return undefined;
  const perHost = hosts.map((network) => readNetwork(network).interfaces ?? []);
  const areKnown = perHost.every(
    (interfaces) =>
      interfaces.some(({ staticAddresses }) => staticAddresses.length > 0) &&
      !interfaces.some(({ isDynamic }) => isDynamic),
  );
  return areKnown ? perHost.flat().flatMap(({ staticAddresses }) => staticAddresses) : undefined;
};
