import { invalid } from '../errors.ts';
import { type IpAddress, parseAddress } from '../values/address.ts';
import { reachFault } from '../values/host-address.ts';
import { excerpt } from '../values/printable.ts';
import { hostsWith } from './between-hosts.ts';
import type { ImageType } from './image-type.ts';
import type { HostNetwork } from './static-network.ts';

const refused = (rendezvousIp: string, reason: string) =>
  invalid(`Invalid rendezvous IP: ${excerpt(rendezvousIp)} (${reason})`);

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
export const checkRendezvousIp = ({ rendezvousIp, type }: Rendezvous): IpAddress => {
  if (type !== 'disconnected-iso') throw invalid('RendezvousIP is only supported for disconnected ISO infra-envs');
  const address = parseAddress(rendezvousIp);
  if (!address) throw refused(rendezvousIp, 'must be a valid IPv4 or IPv6 address');
  const fault = reachFault(address);
  if (fault !== undefined) throw refused(rendezvousIp, `must be the address of a host, not ${fault}`);
  return address;
};

interface Settings {
  readonly rendezvous_ip?: string | undefined;
  readonly static_network_config?: readonly HostNetwork[] | undefined;
}

/**
 * Judges the address beside the hosts' networks: each host that has it would lead an installation of its own.
 *
 * @throws InvalidInput
 */
export const judgeRendezvousIp = (
  { rendezvous_ip: rendezvousIp, static_network_config: hosts = [] }: Settings,
  type: ImageType,
): void => {
  if (rendezvousIp === undefined) return;
  const address = checkRendezvousIp({ rendezvousIp, type });
  const owners = hostsWith(address, hosts);
  if (owners.length < 2) return;
  throw refused(rendezvousIp, `must be the address of one host, not of hosts ${owners.join(' and ')}`);
};
