import type { ClusterSettingKey } from './cluster-setting-table.ts';
import type { ClusterCreateParams, ClusterUpdateParams } from './cluster-settings.ts';

type FieldKey = Exclude<keyof ClusterCreateParams | keyof ClusterUpdateParams, ClusterSettingKey>;

const ofRelease = 'They choose the release: its own binary makes the ignition, which names the release image';
const older =
  'They change nothing: the lists of networks say it. Clients that are generated for Python send them unasked';

/**
 * Why the other fields of a cluster, which are no settings, have no place in the ignition of an interactive ISO: for a person,
 * in Markdown. A field without a row does not compile.
 */
export const clusterFieldLandings: { readonly [Field in FieldKey]-?: string } = {
  openshift_version: ofRelease,
  ocp_release_image: ofRelease,
  cpu_architecture: "The infra-env has its own, which has to be the cluster's",
  pull_secret: 'The infra-env has its own, for its hosts',
  name: 'What the installed cluster is called: entered at the rendezvous host',
  api_vip_dns_name: 'How the installed cluster is reached: entered at the rendezvous host',
  machine_network_cidr: 'Networks inside the installed cluster: entered at the rendezvous host',
  cluster_network_cidr: older,
  cluster_network_host_prefix: older,
  service_network_cidr: older,
};
