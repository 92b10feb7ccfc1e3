import { type Cidr, includes, isNetworkAddress, overlaps, parseCidr } from '../../values/cidr.ts';
import { machineNetworks } from '../machine-networks.ts';
import { hostCounts, isSingleNode, type Site } from '../site.ts';
import { hasAddress } from '../site-host.ts';
import { siteRendezvous } from '../site-rendezvous.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';
import { vipFaults } from './vip-faults.ts';

type List = 'cluster_networks' | 'service_networks' | 'machine_networks';

interface Placed {
  readonly field: string;
  readonly cidr: Cidr;
}

const placed = (field: string, texts: readonly string[]): readonly Placed[] =>
  texts.flatMap((text) => {
    const cidr = parseCidr(text);
    return cidr === undefined ? [] : [{ field, cidr }];
  });

const textsOf = ({ cluster }: Site, list: List): readonly string[] => cluster.settings[list].map(({ cidr }) => cidr);

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

/** Networks of OVN-Kubernetes' own, unless it is told of others. */
const ovnNetworks = placed('', ['100.64.0.0/16', '100.88.0.0/16', 'fd98::/64', 'fd97::/64']);

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

/** The least that a network has room for, in bits (assisted-service): 128 addresses; 16, or 2 for one node. */
const leastBits = { cluster_networks: 7, service_networks: 7, machine_networks: 4 } as const;

const roomFaults = (site: Site): readonly Fault[] =>
  (['cluster_networks', 'service_networks', 'machine_networks'] as const).flatMap((list) => {
    const bits = list === 'machine_networks' && isSingleNode(site) ? 1 : leastBits[list];
    return placed(list, textsOf(site, list)).flatMap(({ field, cidr }) => [
      ...faultIf(cidr.prefix > cidr.bits - bits, field, `${cidr.text} has room for fewer than ${2 ** bits} addresses`),
      ...faultIf(
        !isNetworkAddress(cidr),
        field,
        `${cidr.text} is not the address of a network: bits behind its prefix are set`,
      ),
    ]);
  });

const hostPrefixFaults = (site: Site): readonly Fault[] => {
  const { masters, arbiters, workers } = hostCounts(site);
  const nodes = isSingleNode(site) ? 1 : Math.max(4, masters + arbiters + workers);
  return site.cluster.settings.cluster_networks.flatMap(({ cidr: text, host_prefix: prefix }) => {
    const cidr = parseCidr(text);
    if (cidr === undefined) return [];
    const longest = cidr.bits - leastBits.cluster_networks;
    if (prefix > longest) {
      return faultIf(
        true,
        'cluster_networks',
        `host_prefix ${prefix} of ${text} leaves a node fewer than 128 addresses: at most ${longest}`,
      );
    }
    const rooms = 2 ** Math.min(63, Math.max(0, prefix - cidr.prefix));
    return faultIf(
      rooms < nodes,
      'cluster_networks',
      `${text} with host_prefix ${prefix} has room for ${rooms} nodes, not for ${nodes}`,
    );
  });
};

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

/** Networks and addresses that keep a cluster from becoming ready, though openshift-install or the site's service takes them. */
export const networkFaults: Judge = (site) => {
  const networks = networksOf(site);
  return [
    ...overlapping(networks),
    ...familyFaults(networks),
    ...overlappingOvn(site, networks),
    ...roomFaults(site),
    ...hostPrefixFaults(site),
    ...vipFaults(site),
    ...rendezvousFaults(site),
  ];
};
