import { BlockList, isIPv6 } from 'node:net';
import { type Mapping, mappingAt, mappingsAt, textAt } from './shape.ts';

export const prefixOf = (cidr: string): number => Number(cidr.split('/')[1]);
const addressOf = (cidr: string): string => cidr.split('/')[0] ?? '';
const kindOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');

export const contains = (cidr: string, address: string): boolean => {
  const list = new BlockList();
  list.addSubnet(addressOf(cidr), prefixOf(cidr), kindOf(addressOf(cidr)));
  return kindOf(addressOf(cidr)) === kindOf(address) && list.check(address, kindOf(address));
};

export const overlap = (one: string, other: string): boolean =>
  contains(one, addressOf(other)) || contains(other, addressOf(one));

/** The static addresses of an NMState document. */
export const addressesIn = (document: Mapping | undefined): readonly string[] =>
  mappingsAt(document ?? {}, 'interfaces')
    .flatMap((iface) => ['ipv4', 'ipv6'].flatMap((family) => mappingsAt(mappingAt(iface, family), 'address')))
    .map((address) => textAt(address, 'ip'));
