import * as z from 'zod';
import { clusterId, none, type Route } from './route.ts';

const path = '/v2/clusters/{cluster_id}/install-config';

/** The install-config that a cluster's settings amount to. */
export const installConfigRoutes = {
  GetClusterInstallConfig: {
    method: 'GET',
    path,
    summary: "Answers the install-config of a cluster's settings and overrides, without a pull secret",
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: none,
    answer: z.string().describe('JSON text, which is YAML too'),
  },
  UpdateClusterInstallConfig: {
    method: 'PATCH',
    path,
    summary: 'Overrides members of the install-config, in place of what was overridden before',
    function: 'api',
    access: 'user',
    status: 201,
    parameters: clusterId,
    query: none,
    body: {
      name: 'installConfigParams',
      schema: z
        .string()
        .describe('JSON text of an object, a merge patch; it must hold no secret. An empty text ends all overrides'),
    },
  },
} as const satisfies Record<string, Route>;
