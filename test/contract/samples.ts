import { certificate } from '#test/domain/values/certificate.ts';
import { pullSecret, sshKey } from '#test/scenarios/client.ts';

type Body = Readonly<Record<string, unknown>>;

const id = '5e2d4b1c-0f5a-4a3e-9c7b-1d2e3f4a5b6c';

const vips = {
  machine_networks: [{ cidr: '192.0.2.0/24' }],
  api_vips: [{ cluster_id: id, ip: '192.0.2.2', verification: 'unverified' }],
  ingress_vips: [{ cluster_id: id, ip: '192.0.2.3', verification: 'unverified' }],
};

const external = { type: 'external', external: { platform_name: 'oci', cloud_controller_manager: 'External' } };

const staticNetwork = {
  static_network_config: [
    {
      network_yaml: 'interfaces: [{name: eth0, type: ethernet}]',
      mac_interface_map: [{ mac_address: '02:00:00:00:00:01', logical_nic_name: 'eth0' }],
    },
  ],
};

/** A valid value of every setting of a cluster, with what it cannot do without. */
const clusterSamples: Readonly<Record<string, Body>> = {
  name: { name: 'edge' },
  high_availability_mode: { high_availability_mode: 'Full' },
  openshift_version: { openshift_version: '4.20' },
  ocp_release_image: { ocp_release_image: 'quay.io/openshift-release-dev/ocp-release:4.20.3-x86_64' },
  base_dns_domain: { base_dns_domain: 'example.org' },
  cluster_network_cidr: { cluster_network_cidr: '10.128.0.0/14' },
  cluster_network_host_prefix: { cluster_network_host_prefix: 24 },
  service_network_cidr: { service_network_cidr: '172.30.0.0/16' },
  api_vips: vips,
  ingress_vips: vips,
  api_vip_dns_name: { api_vip_dns_name: 'api.example.org' },
  pull_secret: { pull_secret: pullSecret },
  ssh_public_key: { ssh_public_key: sshKey('me') },
  vip_dhcp_allocation: { vip_dhcp_allocation: true },
  http_proxy: { http_proxy: 'http://proxy.example.org' },
  https_proxy: { https_proxy: 'http://proxy.example.org' },
  no_proxy: { no_proxy: 'example.org' },
  user_managed_networking: { user_managed_networking: true },
  additional_ntp_source: { additional_ntp_source: 'ntp.example.org' },
  ntp_sources: { ntp_sources: 'ntp.example.org' },
  olm_operators: { olm_operators: [{ name: 'lso', properties: '{}' }] },
  operator_bundles: { operator_bundles: [{ id: 'openshift-ai', optional_operators: ['nvidia-gpu'] }] },
  hyperthreading: { hyperthreading: 'masters' },
  network_type: { network_type: 'OVNKubernetes' },
  schedulable_masters: { schedulable_masters: true },
  cluster_networks: { cluster_networks: [{ cluster_id: id, cidr: '10.128.0.0/14', host_prefix: 24 }] },
  service_networks: { service_networks: [{ cluster_id: id, cidr: '172.31.0.0/16' }] },
  machine_networks: {
    load_balancer: { type: 'user-managed' },
    machine_networks: [{ cluster_id: id, cidr: '192.0.2.0/24' }],
  },
  machine_network_cidr: { load_balancer: { type: 'user-managed' }, machine_network_cidr: '192.0.2.0/24' },
  platform: { user_managed_networking: true, platform: external },
  cpu_architecture: { cpu_architecture: 'x86_64' },
  disk_encryption: {
    disk_encryption: {
      enable_on: 'all',
      mode: 'tang',
      tang_servers: '[{"url":"http://tang.example.org","thumbprint":"abc"}]',
    },
  },
  ignition_endpoint: { ignition_endpoint: { url: 'https://ignition.example.org', ca_certificate: 'YQ==' } },
  tags: { tags: 'one,two' },
  control_plane_count: { control_plane_count: 4 },
  load_balancer: { load_balancer: { type: 'user-managed' } },
};

/** The same for an infra-env. */
const infraEnvSamples: Readonly<Record<string, Body>> = {
  name: { name: 'edge' },
  proxy: {
    proxy: {
      http_proxy: 'http://proxy.example.org',
      https_proxy: 'http://proxy.example.org',
      no_proxy: 'example.org',
    },
  },
  additional_ntp_sources: { additional_ntp_sources: 'ntp.example.org' },
  ntp_sources: { ntp_sources: 'ntp.example.org' },
  ssh_authorized_key: { ssh_authorized_key: sshKey('me') },
  pull_secret: { pull_secret: pullSecret },
  static_network_config: staticNetwork,
  image_type: { image_type: 'minimal-iso' },
  ignition_config_override: { ignition_config_override: '{"ignition":{"version":"3.2.0"}}' },
  openshift_version: { openshift_version: '4.20' },
  cpu_architecture: { cpu_architecture: 'x86_64' },
  kernel_arguments: { kernel_arguments: [{ operation: 'append', value: 'p=1' }] },
  additional_trust_bundle: { additional_trust_bundle: certificate },
  network_discovery_delay_seconds: { network_discovery_delay_seconds: 5 },
};

/** The same for a manifest. */
const content = Buffer.from('{}').toString('base64');
const manifestSamples: Readonly<Record<string, Body>> = {
  folder: { folder: 'manifests' },
  file_name: { file_name: 'a.json' },
  content: { content },
  updated_folder: { updated_folder: 'openshift' },
  updated_file_name: { updated_file_name: 'b.json' },
  updated_content: { updated_content: content },
};

const ofRequest: readonly (readonly [RegExp, Readonly<Record<string, Body>>])[] = [
  [/ \/v2\/clusters(\/disconnected|\/\{cluster_id\})?$/, clusterSamples],
  [/ \/v2\/infra-envs(\/\{infra_env_id\})?$/, infraEnvSamples],
  [/\/manifests$/, manifestSamples],
];

/** The body that sends a property alone, or with what it cannot do without; undefined for what is not known here. */
export const sampleOf = (request: string, property: string): Body | undefined => {
  const samples = ofRequest.find(([pattern]) => pattern.test(request))?.[1] ?? {};
  return samples[property.replace(/[.[].*$/, '')];
};

/** Values of a query's parameters that the contract does not name. */
export const parameterSamples: Readonly<Record<string, string>> = {
  openshift_version: '4.20',
  mac: '02:00:00:00:00:01',
  owner: 'ann',
  version: '4.20',
};
