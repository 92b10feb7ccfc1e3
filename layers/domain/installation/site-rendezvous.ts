import { type IpAddress, parseAddress } from '../values/address.ts';
import { isReachable } from '../values/host-address.ts';
import { hostsOfRole } from './roles.ts';
import type { Site } from './site.ts';
import type { SiteHost } from './site-host.ts';

const firstOf = (hosts: readonly SiteHost[]): IpAddress | undefined =>
  hosts
    .flatMap(({ subnets }) => subnets)
    .map(({ address }) => address)
    .find(isReachable);

/**
 * The address that the hosts meet at: the user's or, as openshift-install chooses, the first static one of a control plane
 * host, else of a host without role. It has to be that of a control plane host, which installs the others.
 */
export const siteRendezvous = ({ hosts, infraEnv }: Pick<Site, 'hosts' | 'infraEnv'>): IpAddress | undefined => {
  const { rendezvous_ip: given } = infraEnv.settings;
  if (given !== undefined) return parseAddress(given);
  const others = hosts.filter(({ role }) => role === undefined || role === 'auto-assign');
  return firstOf(hostsOfRole(hosts, 'master')) ?? firstOf(others);
};
