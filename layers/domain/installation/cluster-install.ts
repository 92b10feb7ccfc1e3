import { hasRole } from '../cluster/role-set.ts';
import { clusterProxy } from './cluster-proxy.ts';
import { machineNetworks } from './machine-networks.ts';
import { overridesOf, withFeatureGates } from './overrides.ts';
import { hostCounts, type Site } from './site.ts';

type Members = Readonly<Record<string, unknown>>;
type Settings = Site['cluster']['settings'];

const platformTypes = {
  baremetal: 'BareMetal',
  none: 'None',
  vsphere: 'VSphere',
  nutanix: 'Nutanix',
  external: 'External',
} as const;

const addresses = (vips: Settings['api_vips']): readonly string[] => vips.map(({ ip }) => ip);

const vips = ({ api_vips, ingress_vips }: Settings): Members =>
  api_vips.length === 0 ? {} : { apiVIPs: addresses(api_vips), ingressVIPs: addresses(ingress_vips) };

const networking = (site: Site): Members => {
  const { settings } = site.cluster;
  const machines = machineNetworks(site);
  return {
    clusterNetwork: settings.cluster_networks.map(({ cidr, host_prefix: hostPrefix }) => ({ cidr, hostPrefix })),
    serviceNetwork: settings.service_networks.map(({ cidr }) => cidr),
    ...(machines.length === 0 ? {} : { machineNetwork: machines.map((cidr) => ({ cidr })) }),
    ...(settings.network_type === undefined ? {} : { networkType: settings.network_type }),
    ...(settings.user_managed_networking ? { userManagedNetworking: true } : {}),
  };
};

const platform = ({ platform: given }: Settings): Members => {
  if (given === undefined) return {};
  const { platform_name: platformName = '', cloud_controller_manager: cloudControllerManager = '' } =
    given.external ?? {};
  return {
    platformType: platformTypes[given.type],
    ...(given.type === 'external' ? { external: { platformName, cloudControllerManager } } : {}),
  };
};

const pool = (settings: Settings, { name, role }: { name: string; role: 'masters' | 'workers' }): Members => ({
  name,
  hyperthreading: hasRole(settings.hyperthreading ?? 'all', role) ? 'Enabled' : 'Disabled',
});

const encryption = ({ disk_encryption: given }: Settings): Members => {
  if (given?.enable_on === undefined || given.enable_on === 'none') return {};
  const { enable_on: enableOn, mode, tang_servers: tangServers } = given;
  return {
    diskEncryption: { enableOn, ...(mode ? { mode } : {}), ...(tangServers ? { tangServers } : {}) },
  };
};

const timeSources = ({ ntp_sources, additional_ntp_source }: Settings): Members => {
  const list = ntp_sources || additional_ntp_source;
  return list ? { ntpSources: list.split(',') } : {};
};

const loadBalancer = ({ load_balancer: given }: Settings): Members =>
  given?.type === 'user-managed' ? { loadBalancer: { type: 'UserManaged' } } : {};

const requirements = (site: Site): Members => {
  const { masters, arbiters, workers } = hostCounts(site);
  return {
    controlPlaneAgents: masters,
    ...(arbiters === 0 ? {} : { arbiterAgents: arbiters }),
    ...(workers === 0 ? {} : { workerAgents: workers }),
  };
};

/** The `spec` of agent-cluster-install.yaml that a cluster's settings amount to. */
export const clusterInstallSpec = (site: Site): Members => {
  const { name, settings } = site.cluster;
  return {
    clusterDeploymentRef: { name },
    imageSetRef: { name: imageSetName },
    ...vips(settings),
    ...platform(settings),
    networking: networking(site),
    provisionRequirements: requirements(site),
    controlPlane: pool(settings, { name: 'master', role: 'masters' }),
    compute: [pool(settings, { name: 'worker', role: 'workers' })],
    ...(settings.schedulable_masters ? { mastersSchedulable: true } : {}),
    ...encryption(settings),
    ...clusterProxy(settings),
    ...timeSources(settings),
    ...loadBalancer(settings),
    ...(settings.ssh_public_key ? { sshPublicKey: settings.ssh_public_key } : {}),
  };
};

const imageSetName = 'openshift-release';

export const overridesAnnotation = 'agent-install.openshift.io/install-config-overrides';

/** Overrides as the annotation holds them; undefined where there are none. */
export const overridesText = ({ cluster }: Pick<Site, 'cluster'>, gates: readonly string[]): string | undefined => {
  const overrides = withFeatureGates(overridesOf(cluster.settings), gates);
  return Object.keys(overrides).length === 0 ? undefined : JSON.stringify(overrides);
};
