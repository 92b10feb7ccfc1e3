import { invalid } from '../errors.ts';
import { type Family, familyOf, parseCidr } from '../values/cidr.ts';
import { excerpt } from '../values/printable.ts';
import { isAtLeast } from '../values/version.ts';

export interface Network {
  readonly cidr: string;
}

interface Address {
  readonly ip: string;
}

export interface Networks {
  readonly machine_networks: readonly Network[];
  readonly service_networks: readonly Network[];
  readonly cluster_networks: readonly Network[];
}

interface NetworksAndVips extends Networks {
  readonly api_vips: readonly Address[];
  readonly ingress_vips: readonly Address[];
}

const titles = {
  machine_networks: 'Machine Network',
  service_networks: 'Service Network',
  cluster_networks: 'Cluster Network',
} as const;

const lists = ['machine_networks', 'service_networks', 'cluster_networks'] as const;

interface First {
  readonly list: string;
  readonly text: string;
  readonly family: Family;
}

const firstOf = (list: string, text: string | undefined): readonly First[] => {
  const family = text === undefined ? undefined : familyOf(text);
  return text === undefined || family === undefined ? [] : [{ list, text, family }];
};

/**
 * Checks that the first entries of all lists are of one family, the primary one (assisted-service API). Unreadable
 * entries are left to the other checks.
 *
 * @throws InvalidInput
 */
export const checkPrimaryFamily = (settings: NetworksAndVips): void => {
  const [primary, ...others] = [
    ...firstOf('machine_networks', settings.machine_networks[0]?.cidr),
    ...firstOf('api_vips', settings.api_vips[0]?.ip),
    ...firstOf('ingress_vips', settings.ingress_vips[0]?.ip),
    ...firstOf('service_networks', settings.service_networks[0]?.cidr),
    ...firstOf('cluster_networks', settings.cluster_networks[0]?.cidr),
  ];
  const other = others.find(({ family }) => family !== primary?.family);
  if (primary === undefined || other === undefined) return;
  throw invalid(
    `Inconsistent IP family order: ${primary.list} first IP is ${primary.text} but ${other.list} first IP is ` +
      `${other.text}. All networks must have the same IP family first`,
  );
};

const checkCidr = (cidr: string, { title, index }: { title: string; index: number }): void => {
  if (cidr === '') throw invalid(`${title} CIDR cannot be empty (index ${index})`);
  if (parseCidr(cidr) !== undefined) return;
  throw invalid(`Failed to parse CIDR '${excerpt(cidr)}': invalid CIDR address: ${excerpt(cidr)}`);
};

/**
 * Checks that every entry is a CIDR. @throws InvalidInput
 */
export const checkCidrs = (settings: Networks): void => {
  for (const list of lists) {
    settings[list].forEach(({ cidr }, index) => {
      checkCidr(cidr, { title: titles[list], index });
    });
  }
};

const families = (networks: readonly Network[]): readonly Family[] =>
  networks.map(({ cidr }) => familyOf(cidr)).filter((family) => family !== undefined);

const isMixed = (networks: readonly Network[]): boolean => new Set(families(networks)).size > 1;

/** A cluster is dual-stack when any of its lists of networks holds both families. */
export const isDualStack = (settings: Networks): boolean => lists.some((list) => isMixed(settings[list]));

/** Whether any network is IPv6. */
export const usesIpv6 = (settings: Networks): boolean =>
  lists.some((list) => families(settings[list]).includes('IPv6'));

const checkIpv4First = (networks: readonly Network[], what: string): void => {
  const [first = '', second = ''] = networks.map(({ cidr }) => cidr);
  if (familyOf(first) !== 'IPv4') {
    throw invalid(
      `First ${what} has to be IPv4 subnet (IPv6-primary dual-stack requires OpenShift 4.12+), got ${first}`,
    );
  }
  if (familyOf(second) !== 'IPv6') throw invalid(`Second ${what} has to be IPv6 subnet, got ${second}`);
};

const checkOneOfEach = (networks: readonly Network[], what: string): void => {
  for (const family of ['IPv4', 'IPv6'] as const) {
    if (!families(networks).includes(family)) {
      throw invalid(`dual-stack ${what} must include exactly one ${family} subnet`);
    }
  }
};

interface DualStack extends Networks {
  readonly vip_dhcp_allocation: boolean;
  readonly load_balancer: 'cluster-managed' | 'user-managed';
}

/**
 * Checks the lists of a dual-stack cluster: each one that is given has exactly one network of either family, in any
 * order from OpenShift 4.12 on; machine networks must be given. A single-stack cluster has at most one machine network,
 * unless the load balancer is the user's own and reaches several (assisted-service API).
 *
 * @throws InvalidInput
 */
export const checkDualStack = (settings: DualStack, openshiftVersion: string): void => {
  const machineNetworks = settings.machine_networks.length;
  if (!isDualStack(settings)) {
    if (machineNetworks > 1 && settings.load_balancer === 'cluster-managed')
      throw invalid('Single-stack cluster cannot contain multiple Machine Networks');
    return;
  }
  for (const list of lists.filter((name) => settings[name].length > 0)) {
    const [networks, what] = [settings[list], `${titles[list].toLowerCase()}s`];
    if (networks.length !== 2) throw invalid(`Expected 2 ${what}, found ${networks.length}`);
    (isAtLeast(openshiftVersion, '4.12') ? checkOneOfEach : checkIpv4First)(networks, what);
  }
  if (machineNetworks === 0 && !settings.vip_dhcp_allocation) {
    throw invalid('Dual-stack cluster cannot be created with empty Machine Networks');
  }
};
