import { invalid } from '../errors.ts';
import { throwAll } from '../multierror.ts';
import { parseAddress } from '../values/address.ts';
import { includes, isBroadcast, parseCidr } from '../values/cidr.ts';
import { excerpt } from '../values/printable.ts';
import { isAtLeast } from '../values/version.ts';
import type { Network } from './networks.ts';

interface Vip {
  readonly ip: string;
}

interface Vips {
  readonly api_vips: readonly Vip[];
  readonly ingress_vips: readonly Vip[];
}

interface VipModes extends Vips {
  readonly user_managed_networking: boolean;
  readonly vip_dhcp_allocation: boolean;
}

interface VipSettings extends VipModes {
  readonly machine_networks: readonly Network[];
  readonly load_balancer: 'cluster-managed' | 'user-managed';
}

const most = 2;

const unparsable = (vips: readonly Vip[], kind: 'API' | 'Ingress'): readonly string[] =>
  vips.flatMap(({ ip }, index) => {
    if (ip === '') return [`${kind} VIP IP at index ${index} cannot be empty`];
    return parseAddress(ip) === undefined ? [`Could not parse VIP ip ${excerpt(ip)}`] : [];
  });

const faultsOfList = (vips: readonly Vip[], { kind, list }: { kind: 'API' | 'Ingress'; list: string }) =>
  vips.length > most ? [`${list} supports 2 vips. got: ${vips.length}`] : unparsable(vips, kind);

const faultsOfLists = ({ api_vips: api, ingress_vips: ingress }: Vips): readonly string[] => [
  ...faultsOfList(api, { kind: 'API', list: 'apiVIPs' }),
  ...faultsOfList(ingress, { kind: 'Ingress', list: 'ingressVips' }),
  ...(api.length === ingress.length
    ? []
    : [
        'configuration must include the same number of ' +
          `apiVIPs (got ${api.length}) and ingressVIPs (got ${ingress.length})`,
      ]),
];

const repeated = (vips: readonly Vip[]): readonly string[] =>
  vips.map(({ ip }) => ip).filter((ip, index, ips) => ips.indexOf(ip) !== index);

const duplicates = ({ api_vips: api, ingress_vips: ingress, load_balancer }: VipSettings): readonly string[] => {
  const isShared = ({ ip }: Vip) => load_balancer === 'cluster-managed' && api.some((vip) => vip.ip === ip);
  return [
    ...repeated(api).map((ip) => `The IP address "${ip}" appears multiple times in apiVIPs`),
    ...repeated(ingress).map((ip) => `The IP address "${ip}" appears multiple times in ingressVIPs`),
    ...ingress.filter(isShared).map(({ ip }) => `The IP address "${ip}" appears both in apiVIPs and ingressVIPs`),
  ];
};

interface NamedVip extends Vip {
  readonly name: 'api-vip' | 'ingress-vip';
}

const faultInNetwork = ({ ip, name }: NamedVip, network: Network | undefined): string | undefined => {
  if (network === undefined) return `${name} <${ip}> cannot be set if Machine Network CIDR is empty`;
  const [cidr, address] = [parseCidr(network.cidr), parseAddress(ip)];
  if (cidr === undefined || address === undefined || !includes(cidr, address)) {
    return `${name} <${ip}> does not belong to machine-network-cidr <${network.cidr}>`;
  }
  return isBroadcast(cidr, address)
    ? `${name} <${ip}> is the broadcast address of machine-network-cidr <${network.cidr}>`
    : undefined;
};

/** Behind the user's own load balancer a VIP may lie in any of the machine networks. */
const faultInAny = (vip: NamedVip, networks: readonly Network[]): string | undefined => {
  const faults = networks.map((network) => ({ network, fault: faultInNetwork(vip, network) }));
  if (faults.some(({ fault }) => fault === undefined)) return undefined;
  const description = faults
    .map(({ network, fault }) => `machine network CIDR <${network.cidr}> verification failed: ${fault}`)
    .join('; ');
  return (
    `${vip.name} '${vip.ip}' failed verification: none of the machine networks is satisfying the requirements, ` +
    `description: ${description}`
  );
};

const outside = ({ api_vips, ingress_vips, machine_networks, load_balancer }: VipSettings): readonly string[] => {
  const faultOf = (vip: NamedVip, index: number) =>
    load_balancer === 'user-managed' ? faultInAny(vip, machine_networks) : faultInNetwork(vip, machine_networks[index]);
  return [
    ...api_vips.map(({ ip }, index) => faultOf({ ip, name: 'api-vip' }, index)),
    ...ingress_vips.map(({ ip }, index) => faultOf({ ip, name: 'ingress-vip' }, index)),
  ].filter((fault) => fault !== undefined);
};

/**
 * Checks that VIPs are given only where the cluster manages them and by hand (assisted-service API).
 *
 * @throws InvalidInput
 */
export const checkVipModes = (modes: VipModes): void => {
  const { api_vips: api, ingress_vips: ingress, vip_dhcp_allocation: byDhcp } = modes;
  if (modes.user_managed_networking) {
    if (byDhcp) throw invalid('VIP DHCP Allocation cannot be set with User Managed Networking');
    if (api.length > 0) throw invalid('API VIPs cannot be set with User Managed Networking');
    if (ingress.length > 0) throw invalid('Ingress VIPs cannot be set with User Managed Networking');
  }
  if (!byDhcp) return;
  if (api.length > 0) throw invalid('Setting API VIPs is forbidden when cluster is in vip-dhcp-allocation mode');
  if (ingress.length > 0)
    throw invalid('Setting Ingress VIPs is forbidden when cluster is in vip-dhcp-allocation mode');
};

/**
 * Checks that each VIP lies in a machine network, one that is known: a registration may leave the networks open, a change
 * of VIPs may not (assisted-service API).
 *
 * @throws InvalidInput
 */
export const checkVipsHaveNetworks = (settings: VipSettings): void => throwAll(outside(settings));

/**
 * Checks the VIPs among themselves and against the machine networks, if any are known (assisted-service API). Addresses
 * are expected normalised; faults of one kind are collected.
 *
 * @throws InvalidInput
 */
export const checkVips = (settings: VipSettings, openshiftVersion: string): void => {
  if ((settings.api_vips.length > 1 || settings.ingress_vips.length > 1) && !isAtLeast(openshiftVersion, '4.12')) {
    throw invalid(`dual-stack VIPs are not supported in OpenShift ${openshiftVersion}`);
  }
  throwAll(faultsOfLists(settings));
  throwAll(duplicates(settings));
  checkVipModes(settings);
  if (settings.machine_networks.length > 0) throwAll(outside(settings));
};
