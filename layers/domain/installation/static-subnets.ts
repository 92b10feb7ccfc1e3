import { networkDocument } from '../infra-env/network-yaml.ts';
import type { HostNetwork } from '../infra-env/static-network.ts';
import { type Cidr, parseCidr } from '../values/cidr.ts';
import { entriesOf } from '../values/json.ts';

const listAt = (value: unknown, ...keys: readonly string[]): readonly unknown[] => {
  const found = keys.reduce<unknown>((inner, key) => entriesOf(inner)?.get(key), value);
  return Array.isArray(found) ? found : [];
};

const isOff = (value: unknown): boolean => ['false', 'no', 'off', 'n', '0'].includes(String(value).toLowerCase());

const addressesOf = (entry: unknown, family: string): readonly unknown[] =>
  isOff(entriesOf(entriesOf(entry)?.get(family))?.get('enabled')) ? [] : listAt(entry, family, 'address');

const toCidr = (address: unknown): Cidr | undefined => {
  const fields = entriesOf(address);
  return parseCidr(`${String(fields?.get('ip'))}/${String(fields?.get('prefix-length'))}`);
};

const documentOf = (network: HostNetwork): unknown => {
  try {
    return networkDocument(network);
  } catch {
    // What NMState cannot read was refused when the networks were stored.
    return undefined;
  }
};

/** The static addresses of a host with the lengths of their prefixes, in the user's order. */
export const staticSubnets = (network: HostNetwork): readonly Cidr[] =>
  listAt(documentOf(network), 'interfaces')
    .flatMap((entry) => ['ipv4', 'ipv6'].flatMap((family) => addressesOf(entry, family)))
    .map(toCidr)
    .filter((cidr) => cidr !== undefined);
