import { invalid } from '../../errors.ts';
import { placeOfText } from '../../infra-env/network-texts.ts';
import { networkDocument } from '../../infra-env/network-yaml.ts';
import type { HostNetwork, MacInterface } from '../../infra-env/static-network.ts';
import { writeManifest } from '../manifest-yaml.ts';

/** Members of an NMState document whose texts, or lists of texts, name interfaces. */
const namingMembers: ReadonlySet<string> = new Set([
  'active_slave',
  'base-iface',
  'controller',
  'copy-mac-from',
  'iif',
  'name',
  'next-hop-interface',
  'peer',
  'port',
  'port1',
  'port2',
  'ports',
  'primary',
  'slaves',
]);

type Rename = (name: string) => string;

interface Renaming {
  readonly rename: Rename;
  /** The member that holds the value. */
  readonly member: string;
}

// A link-local name server ends in the interface that leads to it: `fe80::1%eth0`.
const withZone = (address: string, rename: Rename): string => {
  const [host = '', zone] = address.split('%');
  return zone === undefined ? address : `${host}%${rename(zone)}`;
};

const renamedText = (text: string, { rename, member }: Renaming): string => {
  if (member === 'server') return withZone(text, rename);
  return namingMembers.has(member) ? rename(text) : text;
};

const renamed = (value: unknown, renaming: Renaming): unknown => {
  if (typeof value === 'string') return renamedText(value, renaming);
  if (Array.isArray(value)) return value.map((item) => renamed(item, renaming));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [member, renamed(inner, { ...renaming, member })]),
  );
};

/**
 * The NMState document of a host's network. NMState takes a brace in any text for the beginning of a reference, and knows
 * no way to write one that is none.
 *
 * @param host number of the host, for the message
 * @throws InvalidInput when a text of the network has braces
 */
export const readWithoutBraces = (network: Pick<HostNetwork, 'network_yaml'>, host: number): unknown => {
  const document = networkDocument(network);
  const place = placeOfText(document, (text) => /[{}]/.test(text));
  if (place === undefined) return document;
  throw invalid(`static_network_config: ${place} of host ${host} has braces, which the host cannot read`);
};

const captureOf = (index: number): string => `iface${index}`;

const captures = (map: readonly MacInterface[]): Record<string, string> =>
  Object.fromEntries(
    // NMState writes the addresses that it finds in upper case, and compares letter by letter.
    map.map((entry, index) => [captureOf(index), `interfaces.mac-address == "${entry.mac_address.toUpperCase()}"`]),
  );

/**
 * The network of a host as an NMState policy (nmstate.io, "Policy syntax"): each mapped interface is captured by its MAC
 * address, and stands in the desired state by the name that it turns out to have on the machine. Other names, such as those
 * of bonds and VLANs, stay as the user gave them.
 *
 * @param host number of the host, for messages
 * @throws InvalidInput when a text of the network has braces
 */
export const networkPolicy = (hostNetwork: HostNetwork, host: number): string => {
  const { mac_interface_map: map } = hostNetwork;
  const network = readWithoutBraces(hostNetwork, host);
  const references = new Map(
    map.map((entry, index) => [entry.logical_nic_name, `{{ capture.${captureOf(index)}.interfaces.0.name }}`]),
  );
  const rename: Rename = (name) => references.get(name) ?? name;
  return writeManifest({ capture: captures(map), desiredState: renamed(network, { rename, member: '' }) });
};
