import { YAMLException } from 'js-yaml';
import { type IpAddress, parseAddress } from '../values/address.ts';
import { type Cidr, parseCidr } from '../values/cidr.ts';
import { excerpt, isPrintable } from '../values/printable.ts';
import { readUserYaml } from '../values/user-yaml.ts';
import { otherKindOf } from './network-kinds.ts';
import { placeOfText } from './network-texts.ts';
import { isNo, isYes, listAt, valueAt } from './network-values.ts';

/** Characters; what describes the network of one host is far shorter. */
const longestYaml = 128 * 1024;

/** What the rules need to know of one entry of `interfaces` in an NMState document. */
export interface NetworkInterface {
  readonly name: string;
  /** A network card, as opposed to a bond, a VLAN and the like; NMState takes an entry without type for one. */
  readonly isEthernet: boolean;
  /** Found by its MAC address instead of its name. */
  readonly hasMacIdentifier: boolean;
  /** In lower case; the card's own where it is found by it, else one that the interface is given. */
  readonly macAddress: string | undefined;
  /** No cable leads to it: other hosts may have the same addresses on theirs. */
  readonly isWithinHost: boolean;
  /** Ports of a bond and the interface below a VLAN and the like: they must be on the host. */
  readonly lowerInterfaces: readonly string[];
  readonly staticAddresses: readonly IpAddress[];
  /** The same with their prefixes, but for those without one. */
  readonly subnets: readonly Cidr[];
  /** Gets addresses from DHCP or router advertisements, so that it may have further ones. */
  readonly isDynamic: boolean;
}

export type NetworkReading =
  | { readonly document: unknown; readonly interfaces: readonly NetworkInterface[] }
  | { readonly interfaces?: never; readonly fault: string };

/** What holds a document, from its request on to the file that is made of it. */
interface Network {
  readonly network_yaml: string;
}

const namesOf = (values: readonly unknown[]): readonly string[] => values.filter((value) => typeof value === 'string');

const stackedKinds = ['vlan', 'vxlan', 'mac-vlan', 'mac-vtap', 'ipvlan', 'macsec', 'infiniband'];
const families = ['ipv4', 'ipv6'];

const bondKeys = ['port', 'ports', 'slaves'];

const bondPorts = (entry: unknown): readonly unknown[] =>
  bondKeys.flatMap((key) => listAt(entry, 'link-aggregation', key));

/** Open vSwitch has its bonds within the ports of a bridge, and names their ports in mappings. */
const ovsBondPorts = (entry: unknown): readonly unknown[] =>
  ['port', 'ports']
    .flatMap((key) => listAt(entry, 'bridge', key))
    .flatMap(bondPorts)
    .map((port) => valueAt(port, 'name'));

const lowerInterfacesOf = (entry: unknown): readonly string[] =>
  namesOf([
    ...bondPorts(entry),
    ...ovsBondPorts(entry),
    ...['port1', 'port2'].map((key) => valueAt(entry, 'hsr', key)),
    ...stackedKinds.map((kind) => valueAt(entry, kind, 'base-iface')),
  ]);

const enabledFamilies = (entry: unknown): readonly unknown[] =>
  families.map((family) => valueAt(entry, family)).filter((family) => !isNo(valueAt(family, 'enabled')));

const isDynamic = (family: unknown): boolean => isYes(valueAt(family, 'dhcp')) || isYes(valueAt(family, 'autoconf'));

const addressesOf = (family: unknown): readonly IpAddress[] =>
  namesOf(listAt(family, 'address').map((address) => valueAt(address, 'ip')))
    .map(parseAddress)
    .filter((address) => address !== undefined);

const subnetsOf = (family: unknown): readonly Cidr[] =>
  listAt(family, 'address')
    .map((address) => parseCidr(`${String(valueAt(address, 'ip'))}/${String(valueAt(address, 'prefix-length'))}`))
    .filter((subnet) => subnet !== undefined);

const innerKinds: readonly unknown[] = ['loopback', 'dummy', 'veth', 'tun'];

const isWithinHost = (entry: unknown): boolean => {
  const ports = ['port', 'ports'].flatMap((key) => listAt(entry, 'bridge', key));
  return (
    innerKinds.includes(valueAt(entry, 'type')) || (valueAt(entry, 'type') === 'linux-bridge' && ports.length === 0)
  );
};

const macOf = (entry: unknown): string | undefined => {
  const mac = valueAt(entry, 'mac-address');
  return typeof mac === 'string' ? mac.toLowerCase() : undefined;
};

const readInterface = (entry: unknown): NetworkInterface | undefined => {
  const name = valueAt(entry, 'name');
  if (typeof name !== 'string' || name === '') return undefined;
  const type = valueAt(entry, 'type');
  return {
    name,
    isEthernet: type === undefined || type === null || type === 'ethernet',
    hasMacIdentifier: valueAt(entry, 'identifier') === 'mac-address',
    macAddress: macOf(entry),
    isWithinHost: isWithinHost(entry),
    lowerInterfaces: lowerInterfacesOf(entry),
    staticAddresses: enabledFamilies(entry).flatMap(addressesOf),
    subnets: enabledFamilies(entry).flatMap(subnetsOf),
    isDynamic: enabledFamilies(entry).some(isDynamic),
  };
};

const parseFault = (error: unknown): string => {
  if (!(error instanceof YAMLException)) return 'yaml: the text cannot be parsed';
  const line = error.mark === undefined ? '' : ` line ${error.mark.line + 1}:`;
  return `yaml:${line} ${excerpt(error.reason)}`;
};

const interfacesIn = (document: unknown): readonly NetworkInterface[] => {
  const interfaces = listAt(document, 'interfaces').map(readInterface);
  const named = interfaces.filter((entry) => entry !== undefined);
  return named.length === interfaces.length ? named : [];
};

// From the first rule to the last file a network is looked at a dozen times; it is not changed in between.
const documents = new WeakMap<Network, unknown>();
const readings = new WeakMap<Network, NetworkReading>();

/** The document of a network, parsed once. @throws YAMLException */
export const networkDocument = (network: Network): unknown => {
  if (!documents.has(network)) documents.set(network, readUserYaml(network.network_yaml));
  return documents.get(network);
};

const read = (network: Network): NetworkReading => {
  const { network_yaml: yaml } = network;
  if (yaml.trim() === '') return { fault: 'cannot generate configuration with an empty host YAML' };
  if (yaml.length > longestYaml) return { fault: `yaml: longer than ${longestYaml} characters` };
  try {
    const document = networkDocument(network);
    const otherKind = otherKindOf(document);
    if (otherKind !== undefined) return { fault: otherKind };
    // nmstatectl writes texts into NetworkManager's keyfiles as they are: such a one could add lines there.
    const place = placeOfText(document, (text) => !isPrintable(text));
    if (place !== undefined) return { fault: `yaml: ${place} has control characters, or a text of several lines` };
    return { document, interfaces: interfacesIn(document) };
  } catch (error) {
    return { fault: parseFault(error) };
  }
};

/** Reads the interfaces of an NMState document, once. Whether NMState can configure them is for nmstatectl to say. */
export const readNetwork = (network: Network): NetworkReading => {
  const reading = readings.get(network) ?? read(network);
  readings.set(network, reading);
  return reading;
};
