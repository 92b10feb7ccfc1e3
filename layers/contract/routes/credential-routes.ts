import * as z from 'zod';
import { adminFileNames } from '#domain/installation/site-credentials.ts';
import { clusterId, none, type Route } from './route.ts';

const credentials = z
  .object({
    username: z.string(),
    password: z.string(),
    console_url: z.string().describe('of the installed cluster, in the network of the site'),
  })
  .meta({ id: 'Credentials' });

/** Of clusters whose installation starts by itself: their credentials are there before the boot. */
export const credentialRoutes = {
  GetClusterCredentials: {
    method: 'GET',
    path: '/v2/clusters/{cluster_id}/credentials',
    summary: "Answers the administrator's name and password of an installation that starts by itself",
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: none,
    answer: credentials,
  },
  DownloadClusterCredentials: {
    method: 'GET',
    path: '/v2/clusters/{cluster_id}/downloads/credentials',
    summary: "Answers the administrator's kubeconfig or password of an installation that starts by itself",
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: z.object({ file_name: z.enum(adminFileNames) }),
    media: 'application/octet-stream',
  },
} as const satisfies Record<string, Route>;
