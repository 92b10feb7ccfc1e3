import { isIP } from 'node:net';
import {
  isMapping,
  type Mapping,
  mappingAt,
  mappingsAt,
  textAt,
} from '#local/sample-release/openshift-install/shape.ts';

/** What nmstate writes into its log and then ends with: `<kind>: <message>`. */
export class NmstateError extends Error {}

const members = ['hostname', 'dns-resolver', 'route-rules', 'routes', 'interfaces', 'ovs-db', 'ovn', 'description'];

const types = [
  ...['bond', 'linux-bridge', 'dummy', 'ethernet', 'hsr', 'loopback', 'mac-vlan', 'mac-vtap', 'ovs-bridge'],
  ...['ovs-interface', 'veth', 'vlan', 'vrf', 'vxlan', 'infiniband', 'macsec', 'ipsec', 'xfrm', 'ipvlan'],
];

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** A value as the words of a failed read quote it, secret or not. */
const shown = (value: unknown): string => {
  if (typeof value === 'string') return `string ${JSON.stringify(value)}`;
  if (typeof value === 'number') return `integer \`${value}\``;
  if (typeof value === 'boolean') return `boolean \`${value}\``;
  return Array.isArray(value) ? 'sequence' : 'map';
};

const checkText = (value: unknown): void => {
  if (value !== undefined && value !== null && typeof value !== 'string') {
    throw new Error(`interfaces: invalid type: ${shown(value)}, expected a string`);
  }
};

const checkAuthentication = (entry: Mapping): void => {
  const authentication = entry['802.1x'];
  if (authentication === undefined) return;
  if (!isMapping(authentication)) {
    throw new Error(`interfaces: invalid type: ${shown(authentication)}, expected struct Ieee8021XConfig`);
  }
  for (const key of ['identity', 'private-key', 'private-key-password']) checkText(authentication[key]);
};

const checkAddresses = (entry: Mapping): void => {
  const addresses = ['ipv4', 'ipv6'].flatMap((family) => mappingsAt(mappingAt(entry, family), 'address'));
  if (addresses.some((address) => isIP(textAt(address, 'ip')) === 0)) {
    throw new Error('interfaces: invalid IP address syntax');
  }
};

/** Reads a document as strictly as nmstate does where it matters here. Throws an Error in the words of its reader. */
export const readState = (document: unknown): Mapping => {
  if (!isMapping(document)) throw new Error(`invalid type: ${shown(document)}, expected struct NetworkState`);
  const unknown = Object.keys(document).find((name) => !members.includes(name));
  if (unknown !== undefined) throw new Error(`unknown field \`${unknown}\`, expected one of ${quoted(members)}`);
  for (const entry of mappingsAt(document, 'interfaces')) {
    checkAddresses(entry);
    checkAuthentication(entry);
  }
  return document;
};

/** nmstate warns of a type that it does not know, and takes the interface for a network card. */
export const unknownTypes = (state: Mapping): string[] =>
  mappingsAt(state, 'interfaces')
    .map((entry) => textAt(entry, 'type'))
    .filter((type) => type !== '' && !types.includes(type));

const checkBond = (entry: Mapping): void => {
  if (textAt(entry, 'type') === 'bond' && textAt(mappingAt(entry, 'link-aggregation'), 'mode') === '') {
    const name = textAt(entry, 'name');
    throw new NmstateError(`InvalidArgument: Bond mode is mandatory for new bond interface: ${name}`);
  }
};

const longestPrefixes = { 4: 32, 6: 128 } as const;

const checkPrefixes = (entry: Mapping): void => {
  for (const family of [4, 6] as const) {
    for (const address of mappingsAt(mappingAt(entry, `ipv${family}`), 'address')) {
      const { 'prefix-length': length } = address;
      const longest = longestPrefixes[family];
      if (Number(length) <= longest) continue;
      throw new NmstateError(
        `InvalidArgument: Invalid IPv${family} network prefix length '${length}', should be in the range of 0 to ${longest}`,
      );
    }
  }
};

const checkNameServers = (state: Mapping): void => {
  const { server } = mappingAt(mappingAt(state, 'dns-resolver'), 'config');
  const wrong = (Array.isArray(server) ? server : []).find((address) => isIP(String(address)) === 0);
  if (wrong !== undefined) throw new NmstateError(`InvalidArgument: Invalid DNS server string ${wrong}`);
};

/** Throws a NmstateError for what can be read but not configured. */
export const checkState = (state: Mapping): void => {
  for (const entry of mappingsAt(state, 'interfaces')) {
    checkBond(entry);
    checkPrefixes(entry);
  }
  checkNameServers(state);
};
