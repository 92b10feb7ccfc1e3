import { familyOf } from '../values/cidr.ts';
import type { ClusterSettings } from './cluster-settings.ts';
import { faultOfHostPrefix, faultOfOverlap } from './network-changes.ts';
import { type Network, usesIpv6 } from './networks.ts';
import type { Validation } from './validation.ts';

type Outcome = readonly [status: Validation['status'], message: string];

const hostsUnknown: Outcome = ['pending', 'Hosts have not been discovered yet'];

const isSingleNode = (settings: ClusterSettings): boolean => settings.high_availability_mode === 'None';
const isUserManaged = (settings: ClusterSettings): boolean => settings.user_managed_networking === true;
const needsMachineNetwork = (settings: ClusterSettings): boolean => !isUserManaged(settings) || isSingleNode(settings);

const machineCidrDefined = (settings: ClusterSettings): Outcome => {
  if (!needsMachineNetwork(settings)) return ['success', 'No Machine Network CIDR needed: User Managed Networking'];
  return settings.machine_networks.length > 0 ? ['success', 'The Machine Network CIDR is defined.'] : hostsUnknown;
};

const cidrDefined = (networks: readonly Network[], title: string): Outcome =>
  networks.length > 0 ? ['success', `The ${title} CIDR is defined.`] : ['failure', `The ${title} CIDR is undefined.`];

const machineCidrEqualsCalculated = (settings: ClusterSettings): Outcome => {
  if (isUserManaged(settings)) return ['success', 'The Cluster Machine CIDR is not required: User Managed Networking'];
  return settings.api_vips.length + settings.ingress_vips.length > 0
    ? hostsUnknown
    : ['pending', 'The Machine Network CIDR, API virtual IPs, or Ingress virtual IPs are undefined.'];
};

type VipKind = 'API' | 'Ingress';

const vipsOf = (settings: ClusterSettings, kind: VipKind) =>
  kind === 'API' ? settings.api_vips : settings.ingress_vips;

const vipsNotRequired = (settings: ClusterSettings, kind: VipKind): Outcome | undefined => {
  if (isUserManaged(settings)) return ['success', `${kind} virtual IPs are not required: User Managed Networking`];
  return isSingleNode(settings) ? ['success', `${kind} virtual IPs are not required: SNO`] : undefined;
};

const vipsByDhcp = (settings: ClusterSettings, kind: VipKind): Outcome =>
  settings.machine_networks.length === 0
    ? ['pending', 'The Machine Network CIDR is undefined']
    : [
        'failure',
        `${kind} virtual IPs are undefined; after the Machine Network CIDR has been defined, ${kind} virtual IPs are ` +
          'received from a DHCP lease allocation task which may take up to 2 minutes.',
      ];

const vipsDefined = (settings: ClusterSettings, kind: VipKind): Outcome => {
  const notRequired = vipsNotRequired(settings, kind);
  if (notRequired) return notRequired;
  if (vipsOf(settings, kind).length > 0) return ['success', `${kind} virtual IPs are defined.`];
  if (settings.vip_dhcp_allocation) return vipsByDhcp(settings, kind);
  return ['failure', `${kind} virtual IPs are undefined and must be provided.`];
};

const vipsValid = (settings: ClusterSettings, kind: VipKind): Outcome => {
  const notRequired = vipsNotRequired(settings, kind);
  if (notRequired) return notRequired;
  return vipsOf(settings, kind).length > 0 ? hostsUnknown : ['pending', `${kind} virtual IPs are undefined.`];
};

const domainDefined = ({ base_dns_domain }: ClusterSettings): Outcome =>
  base_dns_domain === undefined
    ? ['failure', 'The base domain is undefined and must be provided.']
    : ['success', 'The base domain is defined.'];

const prefixValid = ({ cluster_networks, high_availability_mode }: ClusterSettings): Outcome => {
  if (cluster_networks.length === 0) return ['pending', 'The Cluster Network CIDR is undefined.'];
  const hosts = high_availability_mode === 'None' ? 1 : 4;
  const fault = cluster_networks.map((network) => faultOfHostPrefix(network, hosts)).find((text) => text !== undefined);
  return fault === undefined ? ['success', 'The Cluster Network prefix is valid.'] : ['failure', fault];
};

const networkTypeValid = (settings: ClusterSettings): Outcome => {
  const { network_type: type } = settings;
  if (type === 'OpenShiftSDN' && usesIpv6(settings)) {
    return [
      'failure',
      'The cluster is configured with IPv6 which is not supported by OpenShiftSDN; use OVNKubernetes instead',
    ];
  }
  return type === 'OVNKubernetes' && settings.vip_dhcp_allocation
    ? ['failure', 'VIP DHCP allocation is not supported when the cluster is configured to use OVNKubernetes.']
    : ['success', 'The cluster has a valid network type'];
};

const undefinedCidrs = (settings: ClusterSettings): Outcome | undefined => {
  const needsMachine = needsMachineNetwork(settings);
  const areDefined =
    settings.cluster_networks.length > 0 &&
    settings.service_networks.length > 0 &&
    (!needsMachine || settings.machine_networks.length > 0);
  if (areDefined) return undefined;
  const names = `${needsMachine ? 'Machine Network, ' : ''}Cluster Network, Service Network`;
  return ['pending', `At least one of the CIDRs (${names}) is undefined.`];
};

const familiesOf = (networks: readonly Network[]): string =>
  [...new Set(networks.map(({ cidr }) => familyOf(cidr)))].toSorted().join();

const sameFamilies = (settings: ClusterSettings): Outcome => {
  const pending = undefinedCidrs(settings);
  if (pending) return pending;
  const service = familiesOf(settings.service_networks);
  if (service !== familiesOf(settings.cluster_networks)) {
    return ['failure', 'Address families of networks (ServiceNetworks, ClusterNetworks) are not the same.'];
  }
  return needsMachineNetwork(settings) && service !== familiesOf(settings.machine_networks)
    ? ['failure', 'Address families of networks (MachineNetworks, ServiceNetworks, ClusterNetworks) are not the same.']
    : ['success', 'Same address families for all networks.'];
};

const noOverlap = (settings: ClusterSettings): Outcome => {
  const pending = undefinedCidrs(settings);
  if (pending) return pending;
  if (settings.cluster_networks.length !== settings.service_networks.length) {
    return ['error', 'A mismatch between the number of Cluster and Service networks'];
  }
  const overlap = faultOfOverlap(settings);
  return overlap === undefined
    ? ['success', 'No CIDRs are overlapping.']
    : ['failure', `CIDRS Overlapping: ${overlap}.`];
};

/** What can be said of a cluster's network before any host is known (assisted-service API). */
export const networkValidations = (settings: ClusterSettings): readonly Validation[] => {
  const outcomes: Readonly<Record<string, Outcome>> = {
    'api-vips-defined': vipsDefined(settings, 'API'),
    'api-vips-valid': vipsValid(settings, 'API'),
    'cluster-cidr-defined': cidrDefined(settings.cluster_networks, 'Cluster Network'),
    'custom-manifests-requirements-satisfied': ['success', 'No custom manifests are required'],
    'dns-domain-defined': domainDefined(settings),
    'ingress-vips-defined': vipsDefined(settings, 'Ingress'),
    'ingress-vips-valid': vipsValid(settings, 'Ingress'),
    'machine-cidr-defined': machineCidrDefined(settings),
    'machine-cidr-equals-to-calculated-cidr': machineCidrEqualsCalculated(settings),
    'network-prefix-valid': prefixValid(settings),
    'network-type-valid': networkTypeValid(settings),
    'networks-same-address-families': sameFamilies(settings),
    'no-cidrs-overlapping': noOverlap(settings),
    'ntp-server-configured': ['success', 'No ntp problems found'],
    'service-cidr-defined': cidrDefined(settings.service_networks, 'Service Network'),
  };
  return Object.entries(outcomes).map(([id, [status, message]]) => ({ id, status, message }));
};
