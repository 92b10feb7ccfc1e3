import { invalid } from '../errors.ts';
import { type Cidr, isNetworkAddress, overlaps, parseCidr } from '../values/cidr.ts';
import { isDualStack, type Network, type Networks } from './networks.ts';

interface ClusterNetwork extends Network {
  readonly host_prefix: number;
}

/** The settings as they would be after the change. */
interface ChangedNetworks extends Networks {
  readonly cluster_networks: readonly ClusterNetwork[];
  readonly high_availability_mode: 'Full' | 'None';
  readonly user_managed_networking: boolean;
  readonly vip_dhcp_allocation: boolean;
  readonly load_balancer: 'cluster-managed' | 'user-managed';
}

/** Address bits that a network has to leave free: room for 128, 16, 4 and 2 addresses. */
const roomBits = { clusterOrService: 7, machine: 4, machineBehindUserLoadBalancer: 2, machineOfSingleNode: 1 };

const parsed = (text: string): Cidr => {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw invalid(`Failed to parse CIDR '${text}': invalid CIDR address: ${text}`);
  return cidr;
};

const faultOf = (cidr: Cidr, room: number): string | undefined => {
  const longest = cidr.bits - room;
  if (cidr.prefix < 1 || cidr.prefix > longest) {
    return `Address mask size must be between 1 to ${longest} and must include at least ${2 ** room} addresses`;
  }
  if (!isNetworkAddress(cidr)) return `${cidr.text} is not a valid network CIDR`;
  if (cidr.address.range() === 'unspecified') {
    return `The specified CIDR ${cidr.text} is invalid because its resulting routing prefix matches the unspecified address`;
  }
  return undefined;
};

const checkRoom = (cidr: string, { title, room }: { title: string; room: number }): void => {
  const fault = faultOf(parsed(cidr), room);
  if (fault !== undefined) throw invalid(`${title}: ${fault}`);
};

/** How many hosts a cluster network has to be able to hold. */
const hostsOf = (settings: ChangedNetworks): number => (settings.high_availability_mode === 'None' ? 1 : 4);

/** The reason why a cluster network cannot be split into networks of `host_prefix`; undefined if it can. */
export const faultOfHostPrefix = (network: ClusterNetwork, hosts: number): string | undefined => {
  const { bits, prefix } = parsed(network.cidr);
  const longest = bits - roomBits.clusterOrService;
  if (network.host_prefix > longest) {
    return `Host prefix, now ${network.host_prefix}, must be less than or equal to ${longest} to allow at least 128 addresses`;
  }
  if (2 ** Math.max(network.host_prefix - prefix, 0) >= hosts) return undefined;
  return (
    `Cluster network CIDR prefix ${prefix} does not contain enough addresses for ${hosts} hosts each one with ` +
    `${network.host_prefix} prefix (${2 ** (bits - network.host_prefix)} addresses)`
  );
};

const machineRoom = ({ high_availability_mode, load_balancer }: ChangedNetworks): number => {
  if (high_availability_mode === 'None') return roomBits.machineOfSingleNode;
  return load_balancer === 'user-managed' ? roomBits.machineBehindUserLoadBalancer : roomBits.machine;
};

const checkMachineNetworks = (settings: ChangedNetworks): void => {
  const clusterDecides =
    !settings.user_managed_networking &&
    !settings.vip_dhcp_allocation &&
    settings.load_balancer === 'cluster-managed' &&
    !isDualStack(settings);
  if (clusterDecides && settings.machine_networks.length > 0) {
    throw invalid(
      'Setting the Machine Network CIDR is forbidden when the cluster is neither in VIP DHCP allocation mode nor using a ' +
        'user-managed load balancer',
    );
  }
  for (const { cidr } of settings.machine_networks) {
    checkRoom(cidr, { title: `Machine network CIDR '${cidr}'`, room: machineRoom(settings) });
  }
};

const checkClusterNetworks = (settings: ChangedNetworks): void => {
  for (const network of settings.cluster_networks) {
    checkRoom(network.cidr, { title: `Cluster network CIDR ${network.cidr}`, room: roomBits.clusterOrService });
    const fault = faultOfHostPrefix(network, hostsOf(settings));
    if (fault !== undefined) throw invalid(`Cluster CIDR size: ${fault}`);
  }
};

const checkServiceNetworks = ({ service_networks }: ChangedNetworks): void => {
  for (const { cidr } of service_networks) {
    checkRoom(cidr, { title: `Service network CIDR ${cidr}`, room: roomBits.clusterOrService });
  }
};

const overlapOf = (one: Network | undefined, other: Network | undefined): string | undefined =>
  one !== undefined && other !== undefined && overlaps(parsed(one.cidr), parsed(other.cidr))
    ? `CIDRS ${one.cidr} and ${other.cidr} overlap`
    : undefined;

/** The first overlap of networks that stand at the same place of their lists; undefined without one. */
export const faultOfOverlap = (settings: Networks): string | undefined => {
  const places = settings.cluster_networks.map((cluster, index) => ({
    cluster,
    machine: settings.machine_networks[index],
    service: settings.service_networks[index],
  }));
  const faults = places.flatMap(({ machine, service, cluster }) => [
    { title: 'MachineNetworkCIDR and ServiceNetworkCIDR', overlap: overlapOf(machine, service) },
    { title: 'MachineNetworkCIDR and ClusterNetworkCidr', overlap: overlapOf(machine, cluster) },
    { title: 'ServiceNetworkCidr and ClusterNetworkCidr', overlap: overlapOf(service, cluster) },
  ]);
  const found = faults.find(({ overlap }) => overlap !== undefined);
  return found === undefined ? undefined : `${found.title}: ${found.overlap}`;
};

/**
 * Checks the lists that a change of a registered cluster alters, beyond what holds at registration: room for addresses,
 * network addresses, no overlap, and whether machine networks may be set at all (assisted-service API).
 *
 * @param changed names of the lists that the change alters
 * @throws InvalidInput
 */
export const checkNetworkChanges = (settings: ChangedNetworks, changed: readonly (keyof Networks)[]): void => {
  if (changed.length === 0) return;
  if (changed.includes('machine_networks')) checkMachineNetworks(settings);
  if (changed.includes('cluster_networks')) checkClusterNetworks(settings);
  if (changed.includes('service_networks')) checkServiceNetworks(settings);
  const overlap = faultOfOverlap(settings);
  if (overlap !== undefined) throw invalid(overlap);
};
