import { readNetwork } from '../../infra-env/network-yaml.ts';
import { type Cidr, type Family, familyOf, includes, overlaps } from '../../values/cidr.ts';
import type { SiteHost } from '../site-host.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';

interface Placed {
  readonly name: string;
  readonly network: Cidr;
}

const isSame = (one: Placed, other: Placed): boolean =>
  one.name === other.name &&
  one.network.prefix === other.network.prefix &&
  includes(one.network, other.network.address);

/** The networks of the host's cards. A link-local one is on each, and is not looked at. */
const networksOf = ({ network }: SiteHost, families: readonly Family[]): readonly Placed[] =>
  ((network && readNetwork(network).interfaces) ?? [])
    .filter(({ isWithinHost }) => !isWithinHost)
    .flatMap(({ name, subnets }) => subnets.map((subnet) => ({ name, network: subnet })))
    .filter(({ network: { address, family } }) => families.includes(family) && address.range() !== 'linkLocal');

/** The site's validation `non-overlapping-subnets`, of the families that the cluster has. */
const overlapFaults = (host: SiteHost, field: string, families: readonly Family[]): readonly Fault[] => {
  const placed = networksOf(host, families);
  return placed.flatMap((one, index) => {
    const other = placed
      .slice(0, index)
      .find((earlier) => !isSame(earlier, one) && overlaps(earlier.network, one.network));
    return faultIf(
      other !== undefined,
      field,
      `the network of ${one.network.text} of ${one.name} overlaps that of ${other?.network.text} of ${other?.name}: ` +
        'the site takes no host with two cards in one network',
    );
  });
};

/** Hosts that the site's service would never take, since one network is on two of their cards. */
export const hostNetworkFaults: Judge = ({ hosts, cluster }) => {
  const families = cluster.settings.cluster_networks.flatMap(({ cidr }) => familyOf(cidr) ?? []);
  return hosts.flatMap((host, index) => overlapFaults(host, `hosts[${index}]`, families));
};
