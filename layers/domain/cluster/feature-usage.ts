import type { Cluster } from './cluster.ts';
import type { ClusterSettings } from './cluster-settings.ts';
import { isDualStack } from './networks.ts';
import { clusterOperators } from './operators.ts';

type Data = Readonly<Record<string, string | number>>;

interface Usage {
  readonly name: string;
  readonly isUsed: boolean;
  readonly data?: Data;
}

const proxyUsage = ({ http_proxy, https_proxy, no_proxy }: ClusterSettings): Usage => {
  const used = Object.entries({ http_proxy, https_proxy, no_proxy }).filter(([, value]) => value !== undefined);
  return { name: 'Proxy', isUsed: used.length > 0, data: Object.fromEntries(used.map(([field]) => [field, 1])) };
};

const encryptionUsage = ({ disk_encryption: { enable_on = 'none', mode = 'tpmv2' } = {} }: ClusterSettings): Usage => ({
  name: 'Disk encryption',
  isUsed: enable_on !== 'none',
  data: { enable_on, mode },
});

const operatorUsages = (settings: ClusterSettings): readonly Usage[] =>
  clusterOperators(settings).map(({ name }) => ({ name: name.toUpperCase(), isUsed: true }));

const usages = ({ settings, cpuArchitecture = '' }: Cluster): readonly Usage[] => {
  const { hyperthreading = 'none', platform, high_availability_mode: mode } = settings;
  const sources = settings.additional_ntp_source?.split(',') ?? [];
  return [
    { name: 'Additional NTP Source', isUsed: sources.length > 0, data: { source_count: sources.length } },
    { name: 'Cluster Tags', isUsed: settings.tags !== undefined },
    encryptionUsage(settings),
    { name: 'Dual-stack', isUsed: isDualStack(settings) },
    { name: 'Dual-stack VIPs', isUsed: settings.api_vips.length > 1 },
    { name: 'Hyperthreading', isUsed: hyperthreading !== 'none', data: { hyperthreading_enabled: hyperthreading } },
    { name: 'OVN network type', isUsed: settings.network_type === 'OVNKubernetes' },
    { name: 'SDN network type', isUsed: settings.network_type === 'OpenShiftSDN' },
    {
      name: 'Platform selection',
      isUsed: platform !== undefined && !['baremetal', 'none'].includes(platform.type),
      data: { platform_type: platform?.type ?? '' },
    },
    proxyUsage(settings),
    { name: 'SNO', isUsed: mode === 'None' },
    { name: 'Schedulable masters', isUsed: settings.schedulable_masters === true },
    {
      name: 'User Managed Networking With Multi Node',
      isUsed: settings.user_managed_networking === true && mode === 'Full',
    },
    { name: 'VIP auto alloc.', isUsed: settings.vip_dhcp_allocation === true },
    {
      name: `${cpuArchitecture} architecture`,
      isUsed: ['arm64', 'ppc64le', 's390x'].includes(cpuArchitecture),
    },
    ...operatorUsages(settings),
  ];
};

const idOf = (name: string): string => name.toUpperCase().replaceAll(' ', '_');

/** `feature_usage` of the assisted-service API: JSON text, sorted by name. Nothing secret is in it. */
export const clusterFeatureUsage = (cluster: Cluster): string => {
  const used = usages(cluster).filter(({ isUsed }) => isUsed);
  const sorted = used.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const entries = sorted.map(({ name, data }) => [
    name,
    { ...(data === undefined ? {} : { data }), id: idOf(name), name },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
};
