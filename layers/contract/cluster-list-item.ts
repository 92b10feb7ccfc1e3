import * as z from 'zod';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { clusterAnswer } from './cluster-answer.ts';
import { type StatusNaming, statusAnswer } from './cluster-status.ts';
import { time, zeroDateTime } from './dates.ts';

const { shape } = clusterAnswer;
const nothing = z.array(z.never());

/**
 * A cluster as a list shows it: what distinguishes clusters and what known clients read there. Lists that every cluster has
 * are empty, as the original's hosts are; the cluster itself shows them. Thousands fit into what a function can answer.
 */
export const clusterListItem = z
  .object({
    kind: shape.kind,
    id: shape.id,
    href: shape.href,
    name: shape.name,
    status: shape.status,
    status_info: shape.status_info,
    openshift_version: shape.openshift_version,
    cpu_architecture: shape.cpu_architecture,
    high_availability_mode: shape.high_availability_mode,
    control_plane_count: shape.control_plane_count,
    base_dns_domain: shape.base_dns_domain,
    tags: shape.tags,
    user_name: shape.user_name,
    org_id: shape.org_id,
    created_at: shape.created_at,
    updated_at: shape.updated_at,
    deleted_at: shape.deleted_at,
    image_info: shape.image_info,
    hosts: nothing,
    host_networks: z.null(),
    api_vips: nothing,
    ingress_vips: nothing,
    cluster_networks: nothing,
    service_networks: nothing,
    machine_networks: nothing,
    monitored_operators: nothing,
    operator_bundles: nothing,
  })
  .meta({ id: 'ClusterListItem' });

const emptyLists = {
  hosts: [],
  host_networks: null,
  api_vips: [],
  ingress_vips: [],
  cluster_networks: [],
  service_networks: [],
  machine_networks: [],
  monitored_operators: [],
  operator_bundles: [],
};

/** Times of a list are those of the cluster (assisted-service API). */
const times = ({ createdAt, updatedAt }: Cluster) => ({
  created_at: time(createdAt),
  updated_at: time(updatedAt),
  deleted_at: null,
  image_info: { created_at: time(createdAt), expires_at: zeroDateTime },
});

/** @param cluster a live one */
export const toClusterListItem = (cluster: Cluster, naming: StatusNaming): z.input<typeof clusterListItem> => ({
  ...emptyLists,
  ...times(cluster),
  ...statusAnswer(cluster, naming),
  kind: cluster.kind,
  id: cluster.id,
  href: `/api/assisted-install/v2/clusters/${cluster.id}`,
  name: cluster.name,
  openshift_version: cluster.openshiftVersion,
  cpu_architecture: cluster.cpuArchitecture,
  high_availability_mode: cluster.settings.high_availability_mode,
  control_plane_count: cluster.settings.control_plane_count,
  base_dns_domain: cluster.settings.base_dns_domain,
  tags: cluster.settings.tags,
  user_name: cluster.owner.userName,
  org_id: cluster.owner.orgId,
});
