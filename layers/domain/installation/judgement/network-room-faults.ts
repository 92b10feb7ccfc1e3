import { type Cidr, isNetworkAddress, parseCidr } from '../../values/cidr.ts';
import { hostCounts, isSingleNode, type Site } from '../site.ts';
import { type Fault, fault, faultIf, type Judge } from './fault.ts';

export type List = 'cluster_networks' | 'service_networks' | 'machine_networks';

export interface Placed {
  readonly field: string;
  readonly cidr: Cidr;
}

export const placed = (field: string, texts: readonly string[]): readonly Placed[] =>
  texts.flatMap((text) => {
    const cidr = parseCidr(text);
    return cidr === undefined ? [] : [{ field, cidr }];
  });

export const textsOf = ({ cluster }: Site, list: List): readonly string[] =>
  cluster.settings[list].map(({ cidr }) => cidr);

/** The least that a network has room for, in bits (assisted-service): 128 addresses; 16, or 2 for one node. */
const leastBits = { cluster_networks: 7, service_networks: 7, machine_networks: 4 } as const;

/** Widest prefixes that openshift-install takes for services. */
const widestServices = { IPv4: 12, IPv6: 108 } as const;

const sizeFaults = (site: Site): readonly Fault[] =>
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

const serviceFaults = (site: Site): readonly Fault[] => {
  const services = placed('service_networks', textsOf(site, 'service_networks'));
  return services.flatMap(({ field, cidr }, index) => [
    ...faultIf(
      cidr.prefix < widestServices[cidr.family],
      field,
      `${cidr.text} is too large: at most /${widestServices[cidr.family]}`,
    ),
    ...faultIf(
      services.slice(0, index).some((other) => other.cidr.family === cidr.family),
      field,
      `${cidr.text} is the second one of ${cidr.family}: a cluster has one of each family`,
    ),
  ]);
};

/** The prefix of a node's own part of a network, on IPv6 the only one that openshift-install takes. */
const ipv6Prefix = 64;

interface PrefixedNetwork {
  readonly cidr: Cidr;
  readonly prefix: number;
}

const problemOfPrefix = ({ cidr, prefix }: PrefixedNetwork, nodes: number, first: number): string | undefined => {
  const [name, longest] = [`host_prefix ${prefix} of ${cidr.text}`, cidr.bits - leastBits.cluster_networks];
  if (prefix > longest) return `${name} leaves a node fewer than 128 addresses: at most ${longest}`;
  if (prefix < cidr.prefix) return `${name} gives a node more than the whole network`;
  if (cidr.family === 'IPv6' && prefix !== ipv6Prefix) return `${name} has to be ${ipv6Prefix}, as of any of IPv6`;
  if (cidr.family === 'IPv4' && prefix !== first) return `${name} has to be ${first}, as of the first one of IPv4`;
  const rooms = 2 ** Math.min(63, prefix - cidr.prefix);
  return rooms < nodes
    ? `${cidr.text} with host_prefix ${prefix} has room for ${rooms} nodes, not for ${nodes}`
    : undefined;
};

const hostPrefixFaults = (site: Site): readonly Fault[] => {
  const { masters, arbiters, workers } = hostCounts(site);
  const nodes = isSingleNode(site) ? 1 : Math.max(4, masters + arbiters + workers);
  const networks = site.cluster.settings.cluster_networks.flatMap(({ cidr: text, host_prefix: prefix }) => {
    const cidr = parseCidr(text);
    return cidr === undefined ? [] : [{ cidr, prefix }];
  });
  const first = networks.find(({ cidr }) => cidr.family === 'IPv4')?.prefix ?? 0;
  return networks.flatMap((network) => {
    const problem = problemOfPrefix(network, nodes, first);
    return problem === undefined ? [] : [fault('cluster_networks', problem)];
  });
};

/** Networks that are too small or too large for what they are for. */
export const roomFaults: Judge = (site) => [...sizeFaults(site), ...serviceFaults(site), ...hostPrefixFaults(site)];
