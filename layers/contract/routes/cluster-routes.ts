import * as z from 'zod';
import {
  clusterCreateParams,
  clusterUpdateParams,
  disconnectedClusterParams,
} from '#domain/cluster/cluster-settings.ts';
import { uuid } from '#domain/values/uuid.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { clusterListItem } from '../cluster-list-item.ts';
import { examplePullSecret } from './examples.ts';
import { clusterId, flag, list, none, type Route } from './route.ts';

export const clusterRoutes = {
  RegisterCluster: {
    method: 'POST',
    path: '/v2/clusters',
    summary: 'Registers a cluster: the holder of the settings and of the exact OpenShift version',
    function: 'api',
    access: 'user',
    status: 201,
    parameters: none,
    query: none,
    body: {
      name: 'newClusterParams',
      schema: clusterCreateParams,
      example: { name: 'edge', openshift_version: '4.20', pull_secret: examplePullSecret },
    },
    answer: clusterAnswer,
  },
  RegisterDisconnectedCluster: {
    method: 'POST',
    path: '/v2/clusters/disconnected',
    summary: 'Registers a cluster that is unmonitored from the start',
    function: 'api',
    access: 'user',
    status: 201,
    parameters: none,
    query: none,
    body: {
      name: 'newClusterParams',
      schema: disconnectedClusterParams,
      example: { name: 'edge', openshift_version: '4.20' },
    },
    answer: clusterAnswer,
  },
  ListClusters: {
    method: 'GET',
    path: '/v2/clusters',
    summary: "Lists the caller's clusters, oldest first",
    function: 'api',
    access: 'user',
    status: 200,
    parameters: none,
    query: z.object({
      owner: z.string().optional(),
      openshift_cluster_id: uuid.optional().describe('of an installed cluster, of which there are none here'),
      ams_subscription_ids: list.optional().describe('comma-separated; no cluster here has one'),
      with_hosts: flag.optional(),
    }),
    answer: z.array(clusterListItem),
  },
  GetCluster: {
    method: 'GET',
    path: '/v2/clusters/{cluster_id}',
    summary: 'Reads a cluster',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: z.object({ 'exclude-hosts': flag.optional() }),
    answer: clusterAnswer,
  },
  UpdateCluster: {
    method: 'PATCH',
    path: '/v2/clusters/{cluster_id}',
    summary: 'Changes the given settings of a cluster; absent ones stay',
    function: 'api',
    access: 'user',
    status: 201,
    parameters: clusterId,
    query: none,
    body: {
      name: 'clusterUpdateParams',
      schema: clusterUpdateParams,
      example: { base_dns_domain: 'example.org' },
    },
    answer: clusterAnswer,
  },
  DeregisterCluster: {
    method: 'DELETE',
    path: '/v2/clusters/{cluster_id}',
    summary: 'Deletes a cluster in any status; its infra-envs stay deletable for a day',
    function: 'api',
    access: 'user',
    status: 204,
    parameters: clusterId,
    query: none,
  },
} as const satisfies Record<string, Route>;
