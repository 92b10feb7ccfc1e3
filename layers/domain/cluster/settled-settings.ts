import { checkNtpSources } from '../values/ntp.ts';
import { checkProxy } from '../values/proxy.ts';
import { isAtLeast } from '../values/version.ts';
import { type AskedSettings, emptySettings } from './asked-settings.ts';
import type { ClusterSettings } from './cluster-settings.ts';
import { checkArchitecture, checkFeatures, type Target } from './compatibility.ts';
import { type ControlPlane, checkSingleNode } from './control-plane.ts';
import { checkDiskEncryption } from './disk-encryption.ts';
import { checkIgnitionEndpoint } from './ignition-endpoint.ts';
import { checkCidrs, checkDualStack, isDualStack, usesIpv6 } from './networks.ts';
import { checkOperators, clusterOperators } from './operators.ts';
import { type CompletePlatform, completePlatform } from './platform.ts';
import { checkTags } from './tags.ts';
import { checkVipModes, checkVips } from './vips.ts';

export const defaultClusterNetworks = () => [{ cidr: '10.128.0.0/14', host_prefix: 23 }];
export const defaultServiceNetworks = () => [{ cidr: '172.30.0.0/16' }];

/** The networks and addresses that were asked for, with what their rules take for granted. */
export const networkingOf = (asked: AskedSettings) => ({
  machine_networks: asked.machine_networks ?? [],
  service_networks: asked.service_networks ?? [],
  cluster_networks: asked.cluster_networks ?? [],
  api_vips: asked.api_vips ?? [],
  ingress_vips: asked.ingress_vips ?? [],
  vip_dhcp_allocation: asked.vip_dhcp_allocation ?? false,
  user_managed_networking: asked.user_managed_networking ?? false,
  load_balancer: asked.load_balancer?.type ?? 'cluster-managed',
});

/** Checks VIPs, CIDRs and dual stack, in this order. @throws InvalidInput */
export const checkNetworking = (asked: AskedSettings, openshiftVersion: string): void => {
  const networking = networkingOf(asked);
  checkVips(networking, openshiftVersion);
  checkCidrs(networking);
  checkDualStack(networking, openshiftVersion);
};

type NetworkType = NonNullable<ClusterSettings['network_type']>;

interface Unsettled {
  readonly asked: AskedSettings;
  readonly controlPlane: ControlPlane;
  readonly openshiftVersion: string;
}

const withDefaults = ({ asked, controlPlane, openshiftVersion }: Unsettled) => {
  const lists = {
    ...emptySettings(),
    cluster_networks: asked.cluster_networks ?? defaultClusterNetworks(),
    service_networks: asked.service_networks ?? defaultServiceNetworks(),
  };
  const settings = { ...lists, ...asked, ...controlPlane };
  const needsOvn =
    isAtLeast(openshiftVersion, '4.12') || controlPlane.high_availability_mode === 'None' || usesIpv6(settings);
  const usualNetworkType: NetworkType = needsOvn ? 'OVNKubernetes' : 'OpenShiftSDN';
  return {
    ...settings,
    vip_dhcp_allocation: asked.vip_dhcp_allocation ?? false,
    load_balancer: asked.load_balancer ?? { type: 'cluster-managed' as const },
    network_type: asked.network_type ?? usualNetworkType,
    hyperthreading: asked.hyperthreading ?? ('all' as const),
    schedulable_masters: asked.schedulable_masters ?? false,
    disk_encryption: { enable_on: 'none' as const, mode: 'tpmv2' as const, ...asked.disk_encryption },
  };
};

type WithDefaults = ReturnType<typeof withDefaults>;

const checkEachField = (settings: WithDefaults, openshiftVersion: string): void => {
  checkProxy(settings);
  checkDiskEncryption(settings.disk_encryption);
  checkSingleNode(settings, openshiftVersion);
  checkIgnitionEndpoint(settings.ignition_endpoint ?? {});
  checkNtpSources({
    additional: settings.additional_ntp_source,
    only: settings.ntp_sources,
    additionalField: 'additional_ntp_source',
  });
  checkTags(settings.tags);
};

const featuresOf = (settings: WithDefaults & CompletePlatform) => ({
  ...settings,
  platform: settings.platform.type,
  isDualStack: isDualStack(settings),
  vips: settings.api_vips.length,
  operators: clusterOperators(settings).map(({ name }) => name),
});

interface Request extends Unsettled {
  readonly platform: Parameters<typeof completePlatform>[0];
  /** The CPU that was asked for, where the release has several. */
  readonly requestedArchitecture?: string | undefined;
  /** Architecture of the cluster, `multi` included. */
  readonly cpuArchitecture: string;
}

/**
 * Turns what is asked for into the settings to store: defaults, then every rule that looks at more than the network, in
 * the order of the assisted-service API. Settled settings settle to themselves.
 *
 * @throws InvalidInput
 */
export const settledSettings = (request: Request) => {
  const { openshiftVersion, cpuArchitecture } = request;
  const target: Target = { openshiftVersion, cpuArchitecture };
  const complete = withDefaults(request);
  checkEachField(complete, openshiftVersion);
  const platform = completePlatform(request.platform, {
    high_availability_mode: complete.high_availability_mode,
    cpuArchitecture: request.requestedArchitecture ?? cpuArchitecture,
  });
  const settled = { ...complete, ...platform };
  checkVipModes(settled);
  checkArchitecture(target);
  checkOperators(settled, cpuArchitecture);
  checkFeatures(featuresOf(settled), target);
  return settled;
};
