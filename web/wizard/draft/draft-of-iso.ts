import type * as z from 'zod';
import type { Routes } from '#contract/route-table.ts';
import type { HostNetwork } from '#domain/infra-env/static-network.ts';
import { call } from '../../api/call.ts';
import type { InfraEnv } from '../../api/infra-envs.ts';
import { hintText } from '../network/disk-hints.ts';
import { emptyHost, type HostDraft } from '../network/host-draft.ts';
import { hostOf } from '../network/host-reading.ts';
import { type Draft, emptyDraft } from './draft.ts';

type Cluster = z.input<Routes['GetCluster']['answer']>;

const parsed = (json: string | undefined): readonly unknown[] => JSON.parse(json ?? '[]');

const argumentsOf = ({ kernel_arguments }: InfraEnv): string =>
  (parsed(kernel_arguments) as readonly { value: string }[]).map(({ value }) => value).join(' ');

type SiteHost = NonNullable<InfraEnv['hosts']>[number];

const siteTexts = (site: SiteHost | undefined) => ({
  hostname: site?.hostname ?? '',
  role: site?.role ?? '',
  disk: hintText(site?.root_device_hints),
});

/** The host that has one of the network's MAC addresses, or none of its own and the same place. */
const siteOf = (hosts: readonly SiteHost[], network: HostNetwork, place: number): SiteHost | undefined => {
  const macs = network.mac_interface_map.map(({ mac_address }) => mac_address.toLowerCase());
  const samePlace = hosts[place]?.mac_addresses.length === 0 ? hosts[place] : undefined;
  return hosts.find(({ mac_addresses }) => mac_addresses.some((mac) => macs.includes(mac))) ?? samePlace;
};

/** All hosts of the site; one without a network of its own gets its address by DHCP. */
const hostsOf = ({ hosts = [], static_network_config }: InfraEnv): readonly HostDraft[] => {
  const networks = parsed(static_network_config) as readonly HostNetwork[];
  const found = networks.map((network, at) => ({ network, site: siteOf(hosts, network, at) }));
  const others = hosts.filter((host) => !found.some(({ site }) => site === host));
  return [
    ...found.map(({ network, site }) => ({ ...hostOf(network), ...siteTexts(site) })),
    ...others.map((site) => ({ ...emptyHost, ...siteTexts(site), mac: site.mac_addresses[0] ?? '' })),
  ];
};

/** Those that somebody asked for, without what they bring along. */
const operatorsOf = ({ monitored_operators: all = [] }: Cluster): string =>
  listed(all.filter((each) => each.operator_type === 'olm' && !each.dependency_only).map(({ name }) => name));

const listed = (values: readonly (string | undefined)[] = []): string =>
  values.filter((value) => value !== undefined).join(', ');

const clusterTexts = (cluster: Cluster) => ({
  base_dns_domain: cluster.base_dns_domain ?? '',
  api_vips: listed(cluster.api_vips?.map(({ ip }) => ip)),
  ingress_vips: listed(cluster.ingress_vips?.map(({ ip }) => ip)),
  machine_networks: listed(cluster.machine_networks?.map(({ cidr }) => cidr)),
  olm_operators: operatorsOf(cluster),
  worker_count: String(cluster.worker_count ?? ''),
  control_plane_count: cluster.control_plane_count === undefined ? '' : String(cluster.control_plane_count),
});

/** An ISO as the form shows it. Its pull secret is never answered: an empty one leaves it. */
export const draftOf = async (infraEnv: InfraEnv): Promise<Draft> => {
  const path = `/v2/clusters/${infraEnv.cluster_id}`;
  const cluster = await call<'GetCluster'>({ method: 'GET', path });
  const { proxy, installation } = infraEnv;
  return {
    texts: {
      ...emptyDraft.texts,
      name: infraEnv.name,
      openshift_version: infraEnv.openshift_version ?? '',
      cpu_architecture: infraEnv.cpu_architecture,
      ssh_authorized_key: infraEnv.ssh_authorized_key ?? '',
      rendezvous_ip: infraEnv.rendezvous_ip ?? '',
      network_discovery_delay_seconds: String(infraEnv.network_discovery_delay_seconds ?? ''),
      http_proxy: proxy.http_proxy ?? '',
      https_proxy: proxy.https_proxy ?? '',
      no_proxy: proxy.no_proxy ?? '',
      additional_ntp_sources: infraEnv.additional_ntp_sources ?? '',
      ntp_sources: infraEnv.ntp_sources ?? '',
      additional_trust_bundle: infraEnv.additional_trust_bundle ?? '',
      installation: installation ?? '',
      allow_reinstall: infraEnv.allow_reinstall ? 'true' : '',
      site_settings: infraEnv.site_settings ?? '',
      kernel_arguments: argumentsOf(infraEnv),
      ignition_config_override: infraEnv.ignition_config_override ?? '',
      ...(installation === undefined ? {} : clusterTexts(cluster)),
    },
    hosts: hostsOf(infraEnv),
  };
};
