import type { IpAddress } from '../values/address.ts';
import { hasAddress, type SiteHost } from './site-host.ts';

/** How many hosts of each role an installation has. */
export interface HostCounts {
  readonly masters: number;
  readonly arbiters: number;
  readonly workers: number;
}

export const hostsOfRole = (hosts: readonly SiteHost[], role: SiteHost['role']): readonly SiteHost[] =>
  hosts.filter((host) => host.role === role);

interface Meeting {
  readonly counts: HostCounts;
  readonly rendezvous: IpAddress | undefined;
}

/**
 * The hosts with a role for each that has none: the rendezvous host and then the others in their order become control plane
 * nodes until there are enough of them, the rest workers. `auto-assign` stays.
 */
export const withRoles = (hosts: readonly SiteHost[], { counts, rendezvous }: Meeting): readonly SiteHost[] => {
  const open = hostsOfRole(hosts, undefined).toSorted(
    (a, b) => Number(hasAddress(b, rendezvous)) - Number(hasAddress(a, rendezvous)),
  );
  const masters = open.slice(0, Math.max(0, counts.masters - hostsOfRole(hosts, 'master').length));
  return hosts.map((host) =>
    host.role === undefined ? { ...host, role: masters.includes(host) ? 'master' : 'worker' } : host,
  );
};

/**
 * Whether the site could choose otherwise than meant. It settles a role only where it would have chosen another, so that a
 * host that is meant as control plane stays open for its choice unless all workers are named.
 */
export const leavesMastersOpen = (hosts: readonly SiteHost[], { workers }: HostCounts): boolean =>
  hostsOfRole(hosts, 'auto-assign').length > 0 &&
  hostsOfRole(hosts, 'master').length > 0 &&
  hostsOfRole(hosts, 'worker').length < workers;
