import { listAt } from '../../infra-env/network-values.ts';
import { readNetwork } from '../../infra-env/network-yaml.ts';
import { gatewaysOf } from '../../infra-env/node-addresses.ts';
import { type Cidr, type Family, familyOf, includes, overlaps } from '../../values/cidr.ts';
import { isSingleNode, type Site } from '../site.ts';
import type { SiteHost } from '../site-host.ts';
import { hasFurtherAddresses } from './belonging-faults.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';

/** The site's validation `has-default-route`, which asks for one also where it leads nowhere. */
const routeFaults = (host: SiteHost, field: string): readonly Fault[] => {
  const reading = host.network && readNetwork(host.network);
  return faultIf(
    !!reading?.interfaces &&
      host.subnets.length > 0 &&
      !hasFurtherAddresses(host) &&
      gatewaysOf(reading.document).length === 0,
    field,
    'it has no route to 0.0.0.0/0 or ::/0, and gets none by DHCP: the site would wait for one for ever. Where there is no ' +
      'gateway, any free address of its network does, or mac_addresses names a card that gets a route',
  );
};

/** Where nobody but DNS says where the cluster is, and no file of the user's could. */
const needsNames = (site: Site): boolean =>
  !!site.cluster.settings.user_managed_networking &&
  !isSingleNode(site) &&
  site.infraEnv.settings.ignition_config_override === undefined;

/** The site's validations `api-domain-name-resolved-correctly` and the like. */
const resolverFaults = (host: SiteHost, field: string): readonly Fault[] => {
  const reading = host.network && readNetwork(host.network);
  return faultIf(
    !!reading?.interfaces &&
      host.subnets.length > 0 &&
      !hasFurtherAddresses(host) &&
      listAt(reading.document, 'dns-resolver', 'config', 'server').length === 0,
    field,
    'it has no name server, and gets none by DHCP: with networking of your own the site waits until each host finds the names ' +
      'of API and applications',
  );
};

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

/** What the networks of hosts lack or have twice, so that the site's service would never take the hosts. */
export const hostNetworkFaults: Judge = (site) => {
  const { hosts, cluster } = site;
  const families = cluster.settings.cluster_networks.flatMap(({ cidr }) => familyOf(cidr) ?? []);
  return hosts.flatMap((host, index) => {
    const field = `hosts[${index}]`;
    return [
      ...routeFaults(host, field),
      ...overlapFaults(host, field, families),
      ...(needsNames(site) ? resolverFaults(host, field) : []),
    ];
  });
};
