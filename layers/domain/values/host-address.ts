import type { IpAddress } from './address.ts';

/** Ranges in which no host can be reached by others. */
const unusableRanges: ReadonlyMap<string, string> = new Map([
  ['loopback', 'a loopback address'],
  ['unspecified', 'an unspecified address'],
  ['multicast', 'a multicast address'],
  ['broadcast', 'a broadcast address'],
]);

/** Why others cannot reach a host at an address. A link-local IPv6 one means nothing without the zone of its reader. */
export const reachFault = (address: IpAddress): string | undefined =>
  address.kind() === 'ipv6' && address.range() === 'linkLocal'
    ? 'a link-local address'
    : unusableRanges.get(address.range());

/** Whether other hosts can reach a host at this address. */
export const isReachable = (address: IpAddress): boolean => reachFault(address) === undefined;
