import { invalid } from '../errors.ts';
import { type IpAddress, parseAddress } from '../values/address.ts';
import { excerpt } from '../values/printable.ts';
import type { ImageType } from './image-type.ts';

/** Ranges in which no host can be reached by others. */
const unusableRanges: ReadonlyMap<string, string> = new Map([
  ['loopback', 'a loopback address'],
  ['unspecified', 'an unspecified address'],
  ['multicast', 'a multicast address'],
  ['broadcast', 'a broadcast address'],
]);

/** A link-local IPv6 address means nothing without the zone of its reader. */
const faultOf = (address: IpAddress): string | undefined =>
  address.kind() === 'ipv6' && address.range() === 'linkLocal'
    ? 'a link-local address'
    : unusableRanges.get(address.range());

/** Whether other hosts can reach a host at this address. */
export const isReachable = (address: IpAddress): boolean => faultOf(address) === undefined;

interface Rendezvous {
  readonly rendezvousIp: string;
  /** The type that the infra-env will have. */
  readonly type: ImageType;
}

/**
 * Checks the address of the host that the others meet at (assisted-service API, and that it can be one). Whose it is may be
 * said later, when its host is filled in: complete-settings.ts.
 *
 * @throws InvalidInput
 */
export const checkRendezvousIp = ({ rendezvousIp, type }: Rendezvous): void => {
  if (type !== 'disconnected-iso') throw invalid('RendezvousIP is only supported for disconnected ISO infra-envs');
  const refused = (reason: string) => invalid(`Invalid rendezvous IP: ${excerpt(rendezvousIp)} (${reason})`);
  const address = parseAddress(rendezvousIp);
  if (!address) throw refused('must be a valid IPv4 or IPv6 address');
  const fault = faultOf(address);
  if (fault !== undefined) throw refused(`must be the address of a host, not ${fault}`);
};

/** @throws InvalidInput */
export const judgeRendezvousIp = (
  { rendezvous_ip: rendezvousIp }: { readonly rendezvous_ip?: string | undefined },
  type: ImageType,
): void => {
  if (rendezvousIp !== undefined) checkRendezvousIp({ rendezvousIp, type });
};
