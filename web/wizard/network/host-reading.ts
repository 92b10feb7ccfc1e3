import { networkDocument } from '#domain/infra-env/network-yaml.ts';
import type { HostNetwork } from '#domain/infra-env/static-network.ts';
import { entriesOf } from '#domain/values/json.ts';
import { emptyHost, type HostDraft } from './host-draft.ts';
import { macLines, networkOf } from './host-network.ts';

const at = (root: unknown, ...keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>(
    (value, key) => (typeof key === 'number' && Array.isArray(value) ? value.at(key) : entriesOf(value)?.get(`${key}`)),
    root,
  );

const textAt = (...path: Parameters<typeof at>): string => {
  const value = at(...path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const listAt = (...path: Parameters<typeof at>): readonly unknown[] => {
  const value = at(...path);
  return Array.isArray(value) ? value : [];
};

const documentIn = (network: HostNetwork): unknown => {
  try {
    return networkDocument(network);
  } catch {
    return undefined;
  }
};

const addressesIn = (top: unknown): string =>
  ['ipv4', 'ipv6']
    .flatMap((family) => listAt(top, family, 'address'))
    .map((address) => `${textAt(address, 'ip')}/${textAt(address, 'prefix-length')}`)
    .join(', ');

/** What the fields would say, if they say all of it. */
const guess = (document: unknown, { mac_interface_map: [first, second] }: HostNetwork): HostDraft => {
  const interfaces = listAt(document, 'interfaces');
  const bond = interfaces.find((entry) => at(entry, 'type') === 'bond');
  const mode = textAt(bond, 'link-aggregation', 'mode');
  return {
    ...emptyHost,
    mac: first?.mac_address ?? '',
    bond_mac: second?.mac_address ?? '',
    bond_mode: mode,
    vlan: textAt(interfaces.at(-1), 'vlan', 'id'),
    address: addressesIn(interfaces.at(-1)),
    gateway: listAt(document, 'routes', 'config')
      .map((route) => textAt(route, 'next-hop-address'))
      .join(', '),
    dns: listAt(document, 'dns-resolver', 'config', 'server').join(', '),
  };
};

/**
 * A network as the form shows it: in its fields where these say the same, to the letter of the document; else as YAML. So
 * nothing is lost by looking at it.
 */
export const hostOf = (network: HostNetwork): HostDraft => {
  const document = documentIn(network);
  const fields = guess(document, network);
  const same = networkOf(fields);
  const isSame =
    JSON.stringify(documentIn(same)) === JSON.stringify(document) &&
    JSON.stringify(same.mac_interface_map) === JSON.stringify(network.mac_interface_map);
  return isSame
    ? fields
    : { ...emptyHost, yaml: { text: network.network_yaml, macs: macLines(network.mac_interface_map) } };
};
