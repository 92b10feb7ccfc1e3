import type { SiteLandings } from './cluster-setting-row.ts';
import type { ClusterSettingKey } from './cluster-setting-table.ts';
import type { ClusterCreateParams, ClusterUpdateParams } from './cluster-settings.ts';

type FieldKey = Exclude<keyof ClusterCreateParams | keyof ClusterUpdateParams, ClusterSettingKey>;

const same = (interactive: string): SiteLandings => ({ interactive, prefilled: 'the same', unattended: 'the same' });

const ofRelease = 'They choose the release: its own binary makes the ignition, which names the release image';
const older =
  'They change nothing: the lists of networks say it. Clients that are generated for Python send them unasked';

/**
 * Where the other fields of a cluster, which are no settings, are on site, or why they are nowhere: for a person, in Markdown. A
 * field without a row does not compile.
 */
export const clusterFieldLandings: { readonly [Field in FieldKey]-?: SiteLandings } = {
  openshift_version: same(ofRelease),
  ocp_release_image: same(ofRelease),
  cpu_architecture: {
    interactive: "The infra-env has its own, which has to be the cluster's",
    prefilled: 'the same',
    unattended: '`architecture` of the pools in install-config.yaml',
  },
  pull_secret: same('The infra-env has its own, for its hosts'),
  name: {
    interactive: 'What the installed cluster is called: entered at the rendezvous host',
    prefilled: 'cluster-deployment.yaml',
    unattended: '`metadata.name` of install-config.yaml',
  },
  api_vip_dns_name: same('A PATCH refuses it'),
  machine_network_cidr: same('The older way of naming one of `machine_networks`'),
  cluster_network_cidr: same(older),
  cluster_network_host_prefix: same(older),
  service_network_cidr: same(older),
};
