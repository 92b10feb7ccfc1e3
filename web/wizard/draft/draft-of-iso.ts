import type * as z from 'zod';
import type { Routes } from '#contract/route-table.ts';
import { namedOperators } from '#domain/cluster/named-operators.ts';
import { call } from '../../api/call.ts';
import type { InfraEnv } from '../../api/infra-envs.ts';
import { readManifests } from '../manifests/cluster-additions.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { hostsOf } from './hosts-of-iso.ts';

type Cluster = z.input<Routes['GetCluster']['answer']>;

const argumentsOf = ({ kernel_arguments = '[]' }: InfraEnv): string =>
  (JSON.parse(kernel_arguments) as readonly { value: string }[]).map(({ value }) => value).join(' ');

const listed = (values: readonly (string | undefined)[] = []): string =>
  values.filter((value) => value !== undefined).join(', ');

const clusterTexts = (cluster: Cluster) => ({
  base_dns_domain: cluster.base_dns_domain ?? '',
  api_vips: listed(cluster.api_vips?.map(({ ip }) => ip)),
  ingress_vips: listed(cluster.ingress_vips?.map(({ ip }) => ip)),
  machine_networks: listed(cluster.machine_networks?.map(({ cidr }) => cidr)),
  olm_operators: listed(namedOperators(cluster.monitored_operators).map(({ name }) => name)),
  worker_count: String(cluster.worker_count ?? ''),
  control_plane_count: cluster.control_plane_count === undefined ? '' : String(cluster.control_plane_count),
  install_config_overrides: cluster.install_config_overrides ?? '',
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
    manifests: installation === undefined ? [] : await readManifests(cluster.id),
  };
};
