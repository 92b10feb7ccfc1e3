import { normaliseArchitecture } from '../architecture.ts';
import { entriesOf } from '../values/json.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterSettings } from './cluster-settings.ts';
import { hasRole, type NodeRole } from './role-set.ts';

/** What of a cluster an install-config is about. */
type Described = Pick<Cluster, 'name' | 'settings' | 'cpuArchitecture'>;

/** As Go names them. */
const architectures = { x86_64: 'amd64', arm64: 'arm64', ppc64le: 'ppc64le', s390x: 's390x' } as const;

interface Pool {
  readonly name: 'master' | 'worker';
  readonly role: NodeRole;
  readonly replicas: number;
}

const machinePool = ({ settings, cpuArchitecture = '' }: Described, { name, role, replicas }: Pool) => {
  const { hyperthreading = 'all' } = settings;
  const cpu = normaliseArchitecture(cpuArchitecture);
  return {
    name,
    replicas,
    hyperthreading: hasRole(hyperthreading, role) ? 'Enabled' : 'Disabled',
    architecture: cpu === undefined ? undefined : architectures[cpu],
  };
};

const unlessEmpty = <Item>(items: readonly Item[]): readonly Item[] | undefined =>
  items.length === 0 ? undefined : items;

const networking = (settings: ClusterSettings) => ({
  networkType: settings.network_type,
  clusterNetwork: settings.cluster_networks.map(({ cidr, host_prefix: hostPrefix }) => ({ cidr, hostPrefix })),
  machineNetwork: unlessEmpty(settings.machine_networks),
  serviceNetwork: settings.service_networks.map(({ cidr }) => cidr),
});

const vips = ({ api_vips: api, ingress_vips: ingress }: ClusterSettings) => ({
  apiVIPs: unlessEmpty(api.map(({ ip }) => ip)),
  ingressVIPs: unlessEmpty(ingress.map(({ ip }) => ip)),
});

const baremetal = (settings: ClusterSettings) => ({
  provisioningNetwork: 'Disabled',
  ...vips(settings),
  hosts: [],
  additionalNTPServers: settings.additional_ntp_source?.split(','),
  loadBalancer: settings.load_balancer?.type === 'user-managed' ? { type: 'UserManaged' } : undefined,
});

/** Nothing that only the installation's user knows, such as the addresses and passwords of vSphere and Nutanix. */
const platform = (settings: ClusterSettings) => {
  const { type, external } = settings.platform ?? {};
  switch (type) {
    case 'baremetal':
      return { baremetal: baremetal(settings) };
    case 'vsphere':
    case 'nutanix':
      return { [type]: vips(settings) };
    case 'external':
      return {
        external: {
          platformName: external?.platform_name ?? '',
          cloudControllerManager: external?.cloud_controller_manager ?? '',
        },
      };
    case 'none':
      return { none: {} };
    default:
      return {};
  }
};

/** What the cluster itself reaches goes past the proxy (assisted-service API). */
const noProxy = ({ name, settings }: Described): string => {
  const asked = settings.no_proxy?.trim() ?? '';
  if (asked === '*') return asked;
  const networks = [...settings.cluster_networks, ...settings.service_networks, ...settings.machine_networks];
  const own = [`.${name}.${settings.base_dns_domain ?? ''}`, ...networks.map(({ cidr }) => cidr)];
  return [...asked.split(',').filter((entry) => entry !== ''), ...own].join(',');
};

const proxy = (cluster: Described) => {
  const { http_proxy: httpProxy, https_proxy: httpsProxy } = cluster.settings;
  return httpProxy || httpsProxy ? { httpProxy, httpsProxy, noProxy: noProxy(cluster) } : undefined;
};

const ofSettings = (cluster: Described) => ({
  apiVersion: 'v1',
  baseDomain: cluster.settings.base_dns_domain ?? '',
  proxy: proxy(cluster),
  networking: networking(cluster.settings),
  metadata: { name: cluster.name },
  compute: [machinePool(cluster, { name: 'worker', role: 'workers', replicas: 0 })],
  controlPlane: machinePool(cluster, {
    name: 'master',
    role: 'masters',
    replicas: cluster.settings.control_plane_count ?? 0,
  }),
  platform: platform(cluster.settings),
  fips: false,
  sshKey: cluster.settings.ssh_public_key ?? '',
});

/** Lays a JSON merge patch (RFC 7396) over a value: members are merged, lists replaced, and null takes a member away. */
const patched = (value: unknown, patch: unknown): unknown => {
  const changes = entriesOf(patch);
  if (changes === undefined) return patch;
  const members = new Map(entriesOf(value));
  for (const [key, change] of changes) {
    if (change === null) members.delete(key);
    else members.set(key, patched(members.get(key), change));
  }
  return Object.fromEntries(members);
};

/**
 * The install-config that the settings of a cluster amount to, as JSON, with its overrides laid over it. It never has a
 * pull secret, since that of a cluster is not kept; whoever installs with it adds their own.
 */
export const installConfig = (cluster: Described): string => {
  const { install_config_overrides: overrides } = cluster.settings;
  const config = ofSettings(cluster);
  return JSON.stringify(overrides === undefined ? config : patched(config, JSON.parse(overrides)));
};
