import { throwAll } from '../multierror.ts';
import type { IpAddress } from '../values/address.ts';
import { excerpt } from '../values/printable.ts';
import { type NetworkInterface, readNetworkYaml } from './network-yaml.ts';

/** Six octets in hexadecimal with colons between them, as the assisted-service API has it. */
export const macAddressPattern = /^([0-9A-Fa-f]{2}[:]){5}([0-9A-Fa-f]{2})$/;

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
  ];
};

/** Network cards that the configuration needs and that only a mapping can find. */
const unmappable = (interfaces: readonly NetworkInterface[]): readonly string[] => {
  const listed = new Set(interfaces.map(({ name }) => name));
  const cards = interfaces.filter(({ isEthernet, hasMacIdentifier }) => isEthernet && !hasMacIdentifier);
  const below = interfaces.flatMap(({ lowerInterfaces }) => lowerInterfaces).filter((name) => !listed.has(name));
  return [...new Set([...cards.map(({ name }) => name), ...below])].filter((name) => !physicalName.test(name));
};

const faultsOfNetwork = ({ network_yaml, mac_interface_map }: HostNetwork, host: number): Faults => {
  const reading = readNetworkYaml(network_yaml);
  if (!reading.interfaces) return [`failed to validate network yaml for host ${host}, ${reading.fault}`];
  const { interfaces } = reading;
  if (interfaces.length === 0) return ['interface name not found in networks configuration'];
  const mapped = new Set(mac_interface_map.map(nicOf));
  const named = new Set(interfaces.flatMap(({ name, lowerInterfaces, ports }) => [name, ...lowerInterfaces, ...ports]));
  return [
    ...unmappable(interfaces)
      .filter((name) => !mapped.has(name))
      .map((name) => `mac-interface mapping for interface ${excerpt(name)} is missing and not a physical interface`),
    ...[...mapped]
      .filter((name) => !named.has(name))
      .map((name) => `interface ${excerpt(name)} of host ${host} not found in networks configuration`),
  ];
};

const faultsAcrossHosts = (hosts: readonly HostNetwork[]): Faults => {
  const hostOf = new Map<string, number>();
  const faults: string[] = [];
  for (const [host, { mac_interface_map }] of hosts.entries()) {
    for (const mac of new Set(mac_interface_map.map(macOf))) {
      const other = hostOf.get(mac);
      if (other === undefined) hostOf.set(mac, host);
      else faults.push(`MAC address ${mac} of host ${host} belongs to host ${other} already`);
    }
  }
  return faults;
};

/** As many as a person reads, and as an event holds. */
const longestList = 50;

/** The first of many faults, and how many there are besides. */
export const shortened = (faults: Faults): Faults =>
  faults.length > longestList
    ? [...faults.slice(0, longestList), `${faults.length - longestList} further errors`]
    : faults;

/**
 * Checks the static networks of an infra-env's hosts (assisted-service API, and that MAC addresses are unique across
 * hosts and mapped interfaces exist). Hosts count from 0. Whether NMState can apply a network is not judged here.
 *
 * @throws InvalidInput with the faults of all hosts
 */
export const checkStaticNetwork = (hosts: readonly HostNetwork[]): void => {
  const faults = hosts.flatMap((network, host) => [
    ...faultsOfMap(network.mac_interface_map, host),
    ...faultsOfNetwork(network, host),
  ]);
  throwAll(shortened([...faults, ...faultsAcrossHosts(hosts)]));
};

/** The static addresses of the hosts' enabled families, in the user's order. */
export const staticAddresses = (hosts: readonly HostNetwork[]): readonly IpAddress[] =>
  hosts
    .flatMap(({ network_yaml }) => readNetworkYaml(network_yaml).interfaces ?? [])
    .flatMap((entry) => entry.staticAddresses);

/**
 * Every address that a host can have; undefined when that is not known, since some host has none of its own or gets
 * further ones on the network.
 */
export const allAddresses = (hosts: readonly HostNetwork[]): readonly IpAddress[] | undefined => {
  const perHost = hosts.map(({ network_yaml }) => readNetworkYaml(network_yaml).interfaces ?? []);
  const areKnown = perHost.every(
    (interfaces) =>
      interfaces.some(({ staticAddresses }) => staticAddresses.length > 0) &&
      !interfaces.some(({ isDynamic }) => isDynamic),
  );
  return areKnown && hosts.length > 0 ? perHost.flat().flatMap(({ staticAddresses }) => staticAddresses) : undefined;
};
