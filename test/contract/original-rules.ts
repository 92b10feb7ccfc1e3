/**
 * What the original refuses by its own rules, though its contract allows it (assisted-service API): by property, however
 * it is sent.
 */
const refused: Readonly<Record<string, readonly string[]>> = {
  api_vip_dns_name: ['valid', 'empty'],
  'api_vips[].ip': ['null', 'empty'],
  'ingress_vips[].ip': ['null', 'empty'],
  'cluster_networks[].cidr': ['null', 'empty'],
  'service_networks[].cidr': ['null', 'empty'],
  'machine_networks[].cidr': ['null', 'empty'],
  'disk_encryption.tang_servers': ['null', 'empty'],
  'olm_operators[].name': ['null', 'empty'],
  'operator_bundles[].id': ['empty'],
  'platform.external': ['null'],
  'platform.external.platform_name': ['null'],
  'ipxe_script_type=discovery-image-always': ['valid'],
  'ipxe_script_type=boot-order-control': ['valid'],
  content: ['empty'],
  updated_content: ['empty'],
  'kernel_arguments[].operation': ['null', 'empty'],
  'static_network_config[].network_yaml': ['null', 'empty'],
  'static_network_config[].mac_interface_map': ['null'],
  'static_network_config[].mac_interface_map[].logical_nic_name': ['null', 'empty'],
};

/** The same where it depends on the request. */
const refusedIn: Readonly<Record<string, readonly string[]>> = {
  'POST /v2/clusters pull_secret': ['empty'],
  'POST /v2/clusters openshift_version': ['empty'],
  'POST /v2/clusters/disconnected openshift_version': ['empty'],
  'POST /v2/infra-envs pull_secret': ['empty'],
};

/** Whether a rule of the original refuses what its contract allows. */
export const isRefusedByRule = (request: string, property: string, kind: string): boolean =>
  [refused[property], refusedIn[`${request} ${property}`]].some((kinds) => kinds?.includes(kind));

/** What the original takes and passes over. */
export const changesNothing: readonly string[] = [
  'cluster_network_cidr',
  'cluster_network_host_prefix',
  'service_network_cidr',
];
