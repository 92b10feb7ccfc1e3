import ipaddr from 'ipaddr.js';
import { type IpAddress, parseAddress } from '../values/address.ts';
import { type Cidr, includes, parseCidr } from '../values/cidr.ts';
import { isSingleNode, type Site } from './site.ts';
import { siteRendezvous } from './site-rendezvous.ts';

const networkOf = ({ address, prefix }: Pick<Cidr, 'address' | 'prefix'>): string => {
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${prefix}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefix}`);
  return `${'toRFC5952String' in network ? network.toRFC5952String() : network}/${prefix}`;
};

/** Usual lengths of a network of hosts. */
const usualPrefix = { ipv4: 24, ipv6: 64 } as const;

/** The smallest network of usual length or wider that has all of the addresses. */
const around = (addresses: readonly IpAddress[]): string | undefined => {
  const [first] = addresses;
  if (first === undefined) return undefined;
  for (let prefix: number = usualPrefix[first.kind()]; prefix > 0; prefix -= 1) {
    const network = parseCidr(networkOf({ address: first, prefix }));
    if (network !== undefined && addresses.every((address) => includes(network, address))) return network.text;
  }
  return undefined;
};

const vipsOf = ({ cluster }: Pick<Site, 'cluster'>): readonly IpAddress[] =>
  [...cluster.settings.api_vips, ...cluster.settings.ingress_vips]
    .map(({ ip }) => parseAddress(ip))
    .filter((address) => address !== undefined);

const ofHosts = ({ hosts }: Pick<Site, 'hosts'>, address: IpAddress): string | undefined => {
  const subnet = hosts.flatMap(({ subnets }) => subnets).find((candidate) => includes(candidate, address));
  return subnet === undefined ? undefined : networkOf(subnet);
};

/** Whether the site finds the machine networks out by itself, from its hosts. */
const isFoundOnSite = (site: Pick<Site, 'cluster'>): boolean => {
  const { platform, load_balancer } = site.cluster.settings;
  const isOwn = platform?.type === undefined || platform.type === 'baremetal';
  return isOwn && !isSingleNode(site) && load_balancer?.type !== 'user-managed';
};

type Subject = Pick<Site, 'cluster' | 'hosts' | 'infraEnv'>;

/**
 * The machine networks: the user's; else those in which the hosts' static networks have the VIPs or the rendezvous host.
 * Without either, where the site finds them out anyway, one that has the VIPs: openshift-install would take 10.0.0.0/16.
 *
 * @returns none where they are not known and the site would take what stands here
 */
export const machineNetworks = (site: Subject): readonly string[] => {
  const { machine_networks: given } = site.cluster.settings;
  if (given.length > 0) return given.map(({ cidr }) => cidr);
  const [vips, rendezvous] = [vipsOf(site), siteRendezvous(site)];
  const meant = [...vips, ...(rendezvous === undefined ? [] : [rendezvous])];
  const known = [...new Set(meant.map((address) => ofHosts(site, address)).filter((cidr) => cidr !== undefined))];
  if (known.length > 0 || !isFoundOnSite(site)) return known;
  const families = [vips.filter((vip) => vip.kind() === 'ipv4'), vips.filter((vip) => vip.kind() === 'ipv6')];
  return families.map(around).filter((cidr) => cidr !== undefined);
};
