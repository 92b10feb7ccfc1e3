import { isDualStack } from '../../cluster/networks.ts';
import { includes, overlaps, parseCidr } from '../../values/cidr.ts';
import { machineNetworks } from '../machine-networks.ts';
import type { Site } from '../site.ts';
import { hasAddress } from '../site-host.ts';
import { siteRendezvous } from '../site-rendezvous.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';
import { type List, type Placed, placed, roomFaults, textsOf } from './network-room-faults.ts';
import { proxyFaults } from './proxy-faults.ts';
import { vipFaults } from './vip-faults.ts';

const networksOf = (site: Site): readonly Placed[] => [
  ...placed('machine_networks', machineNetworks(site)),
  ...placed('service_networks', textsOf(site, 'service_networks')),
  ...placed('cluster_networks', textsOf(site, 'cluster_networks')),
];

const familiesOf = (networks: readonly Placed[], list: List): string =>
  [...new Set(networks.filter(({ field }) => field === list).map(({ cidr }) => cidr.family))].toSorted().join(' and ');

/** The site's service waits until all networks are of the same families (`networks-same-address-families`). */
const familyFaults = (networks: readonly Placed[]): readonly Fault[] => {
  const machines = familiesOf(networks, 'machine_networks');
  return (['cluster_networks', 'service_networks'] as const).flatMap((list) => {
    const own = familiesOf(networks, list);
    return faultIf(
      machines !== '' && own !== machines,
      list,
      `they are of ${own}, and the machine networks, given or else those of VIPs and rendezvous host, of ${machines}: the cluster would never become ready`,
    );
  });
};

/** What the cluster's own DNS answers for, and nobody else. */
const ownDomain = '.cluster.local';

const domainFaults = ({ cluster: { name, settings } }: Site): readonly Fault[] =>
  faultIf(
    `.${name}.${settings.base_dns_domain}`.endsWith(ownDomain),
    'base_dns_domain',
    `${name}.${settings.base_dns_domain} is in ${ownDomain.slice(1)}, of which each cluster knows its own services alone: it would not find its own API`,
  );

/** Platforms that openshift-install lets have IPv6 first. */
const takesIpv6First: readonly unknown[] = [undefined, 'baremetal', 'vsphere'];

const orderFaults = ({ cluster: { settings } }: Site): readonly Fault[] =>
  faultIf(
    isDualStack(settings) &&
      parseCidr(settings.service_networks[0]?.cidr ?? '')?.family === 'IPv6' &&
      !takesIpv6First.includes(settings.platform?.type),
    'service_networks',
    `on platform ${settings.platform?.type} the networks of IPv4 have to be first`,
  );

/** Networks of OVN-Kubernetes' own, unless it is told of others. */
const ovnNetworks = placed('', [
  '100.64.0.0/16',
  '100.88.0.0/16',
  '169.254.0.0/17',
  'fd98::/64',
  'fd97::/64',
  'fd69::/112',
]);

const overlapping = (networks: readonly Placed[]): readonly Fault[] =>
  networks.flatMap(({ field, cidr }, index) => {
    const other = networks.slice(0, index).find((earlier) => overlaps(earlier.cidr, cidr));
    return faultIf(
      other !== undefined,
      field,
      `${cidr.text} overlaps ${other?.cidr.text} of ${other?.field}: the cluster would never become ready`,
    );
  });

const overlappingOvn = ({ cluster }: Site, networks: readonly Placed[]): readonly Fault[] =>
  cluster.settings.network_type !== 'OVNKubernetes'
    ? []
    : networks.flatMap(({ field, cidr }) => {
        const own = ovnNetworks.find((network) => overlaps(network.cidr, cidr));
        return faultIf(
          own !== undefined,
          field,
          `${cidr.text} overlaps ${own?.cidr.text}, which OVNKubernetes uses itself`,
        );
      });

const rendezvousFaults = (site: Site): readonly Fault[] => {
  const address = siteRendezvous(site);
  if (address === undefined) return [];
  const networks = site.cluster.settings.machine_networks
    .map(({ cidr }) => parseCidr(cidr))
    .filter((cidr) => cidr !== undefined);
  const owner = site.hosts.findIndex((host) => hasAddress(host, address));
  const role = site.hosts[owner]?.role;
  return [
    ...faultIf(
      networks.length > 0 && !networks.some((network) => includes(network, address)),
      'rendezvous_ip',
      `${address} is in none of the machine networks ${networks.map(({ text }) => text).join(', ')}`,
    ),
    ...faultIf(
      role === 'worker' || role === 'arbiter',
      'rendezvous_ip',
      `${address} belongs to hosts[${owner}], whose role is ${role}: the rendezvous host has to be a control plane node`,
    ),
  ];
};

/** Networks, names and addresses that keep a cluster from becoming ready, though openshift-install or the site's service takes them. */
export const networkFaults: Judge = (site) => {
  const networks = networksOf(site);
  return [
    ...overlapping(networks),
    ...familyFaults(networks),
    ...orderFaults(site),
    ...domainFaults(site),
    ...overlappingOvn(site, networks),
    ...roomFaults(site),
    ...proxyFaults(site),
    ...vipFaults(site),
    ...rendezvousFaults(site),
  ];
};
