import * as z from 'zod';
import { operatorCatalogue } from '#domain/catalogues/operator-catalogue.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { shownClusterSettings, shownClusterShape } from '#domain/cluster/cluster-setting-answer.ts';
import { clusterFeatureUsage } from '#domain/cluster/feature-usage.ts';
import { clusterOperators } from '#domain/cluster/operators.ts';
import { clusterStatuses } from '#domain/cluster/transitions.ts';
import { type StatusNaming, statusAnswer } from './cluster-status.ts';
import { dateTime, time, zeroDateTime, zeroTime } from './dates.ts';

const date = z.string().meta({ format: 'date-time' });
const nothing = z.array(z.never());

/** A cluster as clients read it. What is not named here cannot leave. */
export const clusterAnswer = z
  .object({
    kind: z.enum(['Cluster', 'DisconnectedCluster']),
    id: z.guid(),
    href: z.string(),
    name: z.string(),
    status: z.enum(clusterStatuses).describe('disconnected once it has a disconnected-iso, unmonitored from the start'),
    status_info: z.string().describe('what the status means, for a person'),
    status_updated_at: date.describe('when the status changed last'),
    openshift_version: z.string().describe('the exact one'),
    ocp_release_image: z.string().optional(),
    cpu_architecture: z.string().optional(),
    ...shownClusterShape,
    api_vip_dns_name: z.string().optional(),
    machine_network_cidr: z.string().optional(),
    cluster_network_cidr: z.string().optional(),
    cluster_network_host_prefix: z.int().optional(),
    service_network_cidr: z.string().optional(),
    schedulable_masters_forced_true: z.boolean().optional(),
    pull_secret_set: z.boolean().describe('the secret itself is never answered'),
    user_name: z.string(),
    org_id: z.string().optional(),
    email_domain: z.string(),
    created_at: date,
    updated_at: date,
    deleted_at: date.nullable().describe('null for as long as the cluster can be read'),
    install_started_at: date.describe('the zero date: this service installs nothing'),
    install_completed_at: date,
    controller_logs_collected_at: date,
    controller_logs_started_at: date,
    progress: z.object({ finalizing_stage_started_at: date }),
    image_info: z.object({ created_at: date, expires_at: date }),
    hosts: nothing,
    host_networks: nothing,
    monitored_operators: z.array(z.looseObject({ name: z.string() })),
    org_soft_timeouts_enabled: z.boolean(),
    'last-installation-preparation': z.object({}),
    connectivity_majority_groups: z.string().optional().describe('JSON text'),
    ip_collisions: z.string().optional().describe('JSON text'),
    feature_usage: z.string().optional().describe('JSON text'),
    validations_info: z.string().optional().describe('JSON text'),
  })
  .meta({ id: 'Cluster' });

type ClusterAnswer = z.input<typeof clusterAnswer>;

const console = {
  name: 'console',
  operator_type: 'builtin',
  timeout_seconds: 3600,
  bundles: null,
  source_bundles: null,
};

const chosenOperators = ({ settings }: Cluster) =>
  clusterOperators(settings).map(({ name, properties, dependency_only, source_bundles }) => {
    const { namespace, subscription, timeoutSeconds } = operatorCatalogue.get(name) ?? {};
    return {
      name,
      operator_type: 'olm',
      namespace,
      subscription_name: subscription,
      timeout_seconds: timeoutSeconds,
      properties,
      dependency_only,
      bundles: null,
      source_bundles: source_bundles.length === 0 ? null : source_bundles,
    };
  });

/** The operator that every cluster has, then the chosen ones and what those need. */
const monitoredOperators = (cluster: Cluster) =>
  cluster.kind === 'DisconnectedCluster'
    ? []
    : [console, ...chosenOperators(cluster)].map((operator) => ({
        ...operator,
        cluster_id: cluster.id,
        status_updated_at: zeroDateTime,
      }));

/** What the assisted-service API works out of a cluster and its hosts; of no hosts, and not for a DisconnectedCluster. */
const derived = (cluster: Cluster) =>
  cluster.kind === 'DisconnectedCluster'
    ? {}
    : {
        schedulable_masters_forced_true: true,
        connectivity_majority_groups: JSON.stringify({ IPv4: [], IPv6: [] }),
        ip_collisions: JSON.stringify({}),
        feature_usage: clusterFeatureUsage(cluster),
        validations_info: cluster.validationsInfo,
      };

const times = ({ createdAt, updatedAt, statusUpdatedAt, deletedAt }: Cluster) => ({
  status_updated_at: dateTime(statusUpdatedAt),
  created_at: time(createdAt),
  updated_at: time(updatedAt),
  deleted_at: deletedAt === undefined ? null : dateTime(deletedAt),
  install_started_at: zeroDateTime,
  install_completed_at: zeroDateTime,
  controller_logs_collected_at: zeroDateTime,
  controller_logs_started_at: zeroDateTime,
  progress: { finalizing_stage_started_at: zeroDateTime },
});

/** The older way of naming the first network of a kind. */
const firstNetworks = ({ settings: { cluster_networks, service_networks } }: Cluster) => ({
  cluster_network_cidr: cluster_networks?.[0]?.cidr,
  cluster_network_host_prefix: cluster_networks?.[0]?.host_prefix,
  service_network_cidr: service_networks?.[0]?.cidr,
});

export const toClusterAnswer = (cluster: Cluster, naming: StatusNaming = 'own'): ClusterAnswer => ({
  ...shownClusterSettings(cluster),
  ...derived(cluster),
  ...firstNetworks(cluster),
  ...times(cluster),
  ...statusAnswer(cluster, naming),
  kind: cluster.kind,
  id: cluster.id,
  href: `/api/assisted-install/v2/clusters/${cluster.id}`,
  name: cluster.name,
  openshift_version: cluster.openshiftVersion,
  ocp_release_image: cluster.releaseImage,
  cpu_architecture: cluster.cpuArchitecture,
  pull_secret_set: cluster.pullSecretSet,
  user_name: cluster.owner.userName,
  org_id: cluster.owner.orgId,
  email_domain: cluster.owner.emailDomain,
  hosts: [],
  host_networks: [],
  image_info: { created_at: zeroTime, expires_at: zeroDateTime },
  monitored_operators: monitoredOperators(cluster),
  org_soft_timeouts_enabled: false,
  'last-installation-preparation': {},
});
