import type { Cluster } from '../cluster/cluster.ts';
import type { ManifestSubject } from '../ignition/infra-env-manifest.ts';
import type { InfraEnvSettings } from '../infra-env/infra-env-settings.ts';
import type { Installation } from '../infra-env/site-hosts.ts';
import { type HostCounts, hostsOfRole } from './roles.ts';
import type { SiteHost } from './site-host.ts';

/** A cluster's manifest with its content. */
export interface ExtraManifest {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** Everything that an installation on site is made from. */
export interface Site {
  readonly installation: Exclude<Installation, 'interactive'>;
  readonly cluster: Pick<Cluster, 'kind' | 'name' | 'openshiftVersion' | 'cpuArchitecture' | 'settings'>;
  /** With what its cluster says of hosts, where it says nothing itself. */
  readonly infraEnv: ManifestSubject;
  readonly hosts: readonly SiteHost[];
  /** undefined while nobody has said how many. */
  readonly workerCount: number | undefined;
  readonly manifests: readonly ExtraManifest[];
}

/** Nodes that the installation waits for; an arbiter is one by its role. */
export const hostCounts = ({ cluster, hosts, workerCount }: Omit<Site, 'manifests'>): HostCounts => ({
  masters: cluster.settings.control_plane_count ?? 3,
  arbiters: hostsOfRole(hosts, 'arbiter').length,
  workers: workerCount ?? 0,
});

export const isSingleNode = ({ cluster }: Pick<Site, 'cluster'>): boolean =>
  cluster.settings.control_plane_count === 1 || cluster.settings.high_availability_mode === 'None';

const joined = (...lists: readonly (string | undefined)[]): string =>
  [...new Set(lists.flatMap((list) => (list ? list.split(',') : [])))].join(',');

type TimeSources = Pick<InfraEnvSettings, 'additional_ntp_sources' | 'ntp_sources'>;

// Hosts and cluster have to agree on the time, and releases up to 4.22 know of no sources but the hosts'.
const timeSources = (own: TimeSources, { additional_ntp_source, ntp_sources }: Cluster['settings']): TimeSources => {
  const all = joined(own.ntp_sources, own.additional_ntp_sources, ntp_sources, additional_ntp_source);
  if (all === '') return {};
  return own.ntp_sources || (!own.additional_ntp_sources && ntp_sources)
    ? { ntp_sources: all }
    : { additional_ntp_sources: all };
};

const proxyOf = ({ http_proxy, https_proxy, no_proxy }: Cluster['settings']): InfraEnvSettings['proxy'] =>
  http_proxy || https_proxy
    ? {
        ...(http_proxy ? { http_proxy } : {}),
        ...(https_proxy ? { https_proxy } : {}),
        ...(no_proxy ? { no_proxy } : {}),
      }
    : undefined;

/**
 * The settings of an infra-env's hosts, completed by those of its cluster: keys and proxy where the infra-env has none, and
 * the time sources of both.
 */
export const hostSettings = (settings: InfraEnvSettings, cluster: Cluster['settings']): InfraEnvSettings => {
  const { additional_ntp_sources: _additional, ntp_sources: _only, ...kept } = settings;
  const proxy = settings.proxy ?? proxyOf(cluster);
  const key = settings.ssh_authorized_key ?? cluster.ssh_public_key;
  return {
    ...kept,
    ...timeSources(settings, cluster),
    ...(proxy === undefined ? {} : { proxy }),
    ...(key === undefined ? {} : { ssh_authorized_key: key }),
  };
};
