import * as z from 'zod';
import { hostsAnswer, platformsAnswer, preflightAnswer } from '../cluster-views-answer.ts';
import { clusterId, flag, none, type Route } from './route.ts';

const read = {
  method: 'GET',
  function: 'api',
  access: 'user',
  status: 200,
  parameters: clusterId,
  query: none,
} as const;

const hostsQuery = z.object({
  role: z.enum(['master', 'arbiter', 'worker', 'auto-assign']).optional(),
  status: z.string().optional(),
  'with-inventory': flag.optional(),
  'with-connectivity': flag.optional(),
});

/** What follows from what a cluster asks for. */
export const clusterViewRoutes = {
  ListClusterHosts: {
    ...read,
    path: '/v2/clusters/{cluster_id}/hosts',
    summary: 'Lists the hosts of a cluster: always none',
    query: hostsQuery,
    answer: hostsAnswer,
  },
  GetClusterSupportedPlatforms: {
    ...read,
    path: '/v2/clusters/{cluster_id}/supported-platforms',
    summary: "Lists the platforms that the cluster's settings allow",
    answer: platformsAnswer,
  },
  GetPreflightRequirements: {
    ...read,
    path: '/v2/clusters/{cluster_id}/preflight-requirements',
    summary: 'Says what hosts of the cluster will need',
    answer: preflightAnswer,
  },
} as const satisfies Record<string, Route>;
