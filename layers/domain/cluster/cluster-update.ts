import { invalid } from '../errors.ts';
import { excerpt } from '../values/printable.ts';
import { checkPullSecret } from '../values/pull-secret.ts';
import { type AskedSettings, askedSettings, overlaid } from './asked-settings.ts';
import type { Cluster } from './cluster.ts';
import { endOfLife, withCheckedNames } from './cluster-registration.ts';
import type { ClusterSettings, ClusterUpdateParams } from './cluster-settings.ts';
import { checkControlPlane, completeControlPlane } from './control-plane.ts';
import { checkNetworkChanges } from './network-changes.ts';
import { checkPrimaryFamily } from './networks.ts';
import { askedWithCurrent } from './platform.ts';
import {
  checkNetworking,
  defaultClusterNetworks,
  defaultServiceNetworks,
  networkingOf,
  settledSettings,
} from './settled-settings.ts';
import { withValidations } from './validations.ts';
import { checkVipsHaveNetworks } from './vips.ts';

const networkLists = ['machine_networks', 'service_networks', 'cluster_networks'] as const;
const vipLists = ['api_vips', 'ingress_vips'] as const;

const changedOf = <Key extends keyof ClusterSettings>(
  keys: readonly Key[],
  { before, after }: { before: ClusterSettings; after: AskedSettings },
): readonly Key[] => keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));

/** Settings of an external platform that are not named stay, as long as it stays external. */
const platformOf = (asked: AskedSettings, current: ClusterSettings): Pick<AskedSettings, 'platform'> => {
  const [next, previous] = [asked.platform, current.platform];
  if (next === undefined) return {};
  if (next.type !== 'external' || previous?.type !== 'external') return { platform: next };
  return { platform: { ...next, external: { ...previous.external, ...next.external } } };
};

/** One node stays one node: whether a cluster is highly available is settled at its registration. */
const controlPlaneOf = (asked: AskedSettings, { high_availability_mode, control_plane_count }: ClusterSettings) =>
  completeControlPlane({
    high_availability_mode,
    control_plane_count: asked.control_plane_count ?? control_plane_count,
  });

const isDefault = (networks: object | undefined, usual: object): boolean =>
  JSON.stringify(networks) === JSON.stringify(usual);

/** What a registration left to defaults need not pass as if it had been asked for. */
const withoutDefaults = ({ cluster_networks, service_networks, ...rest }: AskedSettings): AskedSettings => ({
  ...rest,
  ...(cluster_networks && !isDefault(cluster_networks, defaultClusterNetworks()) ? { cluster_networks } : {}),
  ...(service_networks && !isDefault(service_networks, defaultServiceNetworks()) ? { service_networks } : {}),
});

const settingsAfter = (cluster: Cluster, params: ClusterUpdateParams): ClusterSettings => {
  const { settings: current, openshiftVersion, cpuArchitecture = 'x86_64' } = cluster;
  const asked = askedSettings(params);
  const effective = overlaid(current, asked);
  const difference = { before: current, after: effective };
  const changedNetworks = changedOf(networkLists, difference);
  const vipsChanged = changedOf(vipLists, difference).length > 0;
  // Whether the user manages the network may itself be changing, and is looked at once it is settled.
  const judged = {
    ...(changedNetworks.length > 0 || vipsChanged ? effective : withoutDefaults(effective)),
    user_managed_networking: false,
  };

  checkPrimaryFamily(networkingOf(judged));
  const controlPlane = controlPlaneOf(asked, current);
  checkControlPlane(controlPlane, openshiftVersion);
  checkNetworking(judged, openshiftVersion);
  const settings = settledSettings({
    asked: effective,
    controlPlane,
    platform: askedWithCurrent({ ...asked, ...platformOf(asked, current) }, current),
    openshiftVersion,
    cpuArchitecture,
  });
  const result = { ...settings, load_balancer: settings.load_balancer.type };
  checkNetworkChanges(result, changedNetworks);
  if (vipsChanged) checkVipsHaveNetworks(result);
  return settings;
};

const pullSecretSetAfter = (cluster: Cluster, pullSecret: string | null | undefined): boolean => {
  if (pullSecret === undefined || pullSecret === null) return cluster.pullSecretSet;
  if (pullSecret !== '') checkPullSecret(pullSecret);
  return pullSecret !== '';
};

const proxyFields = ['http_proxy', 'https_proxy', 'no_proxy'] as const;

interface Update {
  readonly cluster: Cluster;
  readonly params: ClusterUpdateParams;
  readonly now: Date;
}

interface Updated {
  readonly cluster: Cluster;
  /** Whether the change is worth the event `proxy_settings_changed`. */
  readonly proxyChanged: boolean;
}

/**
 * The cluster after a PATCH: absent and null keep, an empty text clears, and the rules hold for what comes out
 * (assisted-service API). The status stays as it is; whether it allows a change at all is for the caller to check.
 *
 * @throws InvalidInput
 */
export const updatedCluster = ({ cluster, params, now }: Update): Updated => {
  const { api_vip_dns_name: apiVipDnsName } = params;
  if (apiVipDnsName !== undefined && apiVipDnsName !== null) {
    throw invalid(`Can't update api vip to ${excerpt(apiVipDnsName)} for day1 cluster ${cluster.id}`);
  }
  const unnamed = settingsAfter(cluster, params);
  const pullSecretSet = pullSecretSetAfter(cluster, params.pull_secret);
  const name = params.name ?? cluster.name;
  const settings = withCheckedNames({ name, settings: unnamed });
  const updated = withValidations({
    ...cluster,
    name,
    settings,
    pullSecretSet,
    version: cluster.version + 1,
    updatedAt: now.toISOString(),
    expiresAt: endOfLife(now),
  });
  return {
    cluster: updated,
    proxyChanged: proxyFields.some((field) => settings[field] !== cluster.settings[field]),
  };
};
