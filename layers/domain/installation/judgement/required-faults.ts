import { machineNetworks } from '../machine-networks.ts';
import { hostsOfRole } from '../roles.ts';
import { hostCounts, isSingleNode, type Site } from '../site.ts';
import { siteRendezvous } from '../site-rendezvous.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';

type Settings = Site['cluster']['settings'];

/** Settings that no file on the host has a place for. */
const uncarriedFaults = ({ ignition_endpoint }: Settings): readonly Fault[] => [
  ...faultIf(ignition_endpoint !== undefined, 'ignition_endpoint', 'the site takes it from no file: remove it'),
];

const kindFaults = ({ cluster }: Site): readonly Fault[] =>
  faultIf(
    cluster.kind !== 'Cluster',
    'installation',
    'the cluster holds no settings: register one with POST /v2/clusters, and the infra-env for that',
  );

/** What has to be known for a cluster to become ready, or for openshift-install to describe it. */
const missingFaults = (site: Site): readonly Fault[] => {
  const { settings } = site.cluster;
  const platform = settings.platform?.type ?? 'baremetal';
  const needsVips = platform === 'baremetal' && !isSingleNode(site);
  return [
    ...faultIf(!settings.base_dns_domain, 'base_dns_domain', 'it is missing, and the installation would wait for it'),
    ...faultIf(
      settings.base_dns_domain !== undefined &&
        settings.base_dns_domain !== '' &&
        !settings.base_dns_domain.includes('.'),
      'base_dns_domain',
      'it needs a dot: the installation of a domain of one label fails late',
    ),
    ...faultIf(
      needsVips && settings.api_vips.length === 0,
      'api_vips',
      'they are missing, and the installation would wait for them',
    ),
    ...faultIf(
      needsVips && settings.ingress_vips.length === 0,
      'ingress_vips',
      'they are missing, and the installation would wait for them',
    ),
    ...faultIf(
      machineNetworks(site).length === 0,
      'machine_networks',
      'they are missing, and no static network of a host gives them: openshift-install would take 10.0.0.0/16',
    ),
    ...faultIf(
      siteRendezvous(site) === undefined,
      'rendezvous_ip',
      'it is missing, and no static network of a control plane host gives one',
    ),
  ];
};

const platformFaults = (site: Site): readonly Fault[] => {
  const platform = site.cluster.settings.platform?.type ?? 'baremetal';
  return [
    ...faultIf(
      platform === 'vsphere' || platform === 'nutanix',
      'platform',
      `${platform} needs addresses and passwords that the service does not keep: choose installation prefilled`,
    ),
    ...faultIf(
      isSingleNode(site) && platform !== 'none' && platform !== 'external',
      'platform',
      'a single node needs platform none or external',
    ),
  ];
};

const usableNetworkTypes: readonly unknown[] = [undefined, 'OVNKubernetes'];

const topologyFaults = (site: Site): readonly Fault[] => {
  const { masters, arbiters, workers } = hostCounts(site);
  return [
    ...faultIf(
      isSingleNode(site) && workers > 0,
      'worker_count',
      'a cluster of a single node is installed without workers',
    ),
    ...faultIf(
      masters === 2 && arbiters === 0,
      'hosts',
      'two control plane nodes need a host of role arbiter: the service keeps no credentials for fencing',
    ),
    ...faultIf(
      arbiters > 0 && masters !== 2,
      'hosts',
      `hosts of role arbiter go with two control plane nodes, and control_plane_count is ${masters}`,
    ),
    ...faultIf(
      !usableNetworkTypes.includes(site.cluster.settings.network_type),
      'network_type',
      `${site.cluster.settings.network_type} is not in the ISO: only OVNKubernetes is`,
    ),
  ];
};

const mediumFaults = ({ installation, infraEnv }: Site): readonly Fault[] =>
  faultIf(
    installation !== 'unattended' && infraEnv.settings.site_settings !== undefined,
    'site_settings',
    'a medium starts the installation: choose installation unattended',
  );

/** What keeps a cluster's settings from being registered at all. */
export const carriedFaults: Judge = (site) => [
  ...kindFaults(site),
  ...mediumFaults(site),
  ...uncarriedFaults(site.cluster.settings),
];

/** What an installation that starts by itself cannot do without. */
export const requiredFaults: Judge = (site) => [
  ...missingFaults(site),
  ...platformFaults(site),
  ...topologyFaults(site),
  ...faultIf(
    hostsOfRole(site.hosts, undefined).length === site.hosts.length && site.hosts.length === 0,
    'hosts',
    'there are none: an installation that starts by itself has to know each host',
  ),
];
