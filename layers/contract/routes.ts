import * as z from 'zod';
import { clusterCreateParams, clusterUpdateParams, disconnectedClusterParams } from '#domain/cluster/settings.ts';
import { infraEnvCreateParams, infraEnvUpdateParams } from '#domain/infra-env/settings.ts';
import { clusterAnswer } from './cluster-answer.ts';
import { eventAnswer } from './event-answer.ts';
import { infraEnvAnswer } from './infra-env-answer.ts';
import { releaseSourcesAnswer, versionsAnswer } from './release-answer.ts';

/** Every path is served below this prefix and without it. */
export const basePath = '/api/assisted-install';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** One operation of the API: the router, the OpenAPI document, the CDK app and the tests read this table. */
export interface Route {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly summary: string;
  /** The function that serves it. */
  readonly function: 'api' | 'downloads';
  /** The HTTP status of success. */
  readonly status: number;
  readonly parameters: z.ZodObject;
  readonly query: z.ZodObject;
  /** With the parameter's name in the published API, which its error texts use. */
  readonly body?: { readonly name: string; readonly schema: z.ZodType };
  /** Absent when success has no body. */
  readonly answer?: z.ZodType;
}

const none = z.object({});
const clusterId = z.object({ cluster_id: z.guid() });
const infraEnvId = z.object({ infra_env_id: z.guid() });

const flag = z.stringbool();
const integer = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number);
const list = z.string().transform((text) => text.split(','));

const eventQuery = z.object({
  cluster_id: z.guid().optional(),
  infra_env_id: z.guid().optional(),
  limit: integer.optional().describe('default 5000; -1 for all'),
  offset: integer.optional(),
  order: z.enum(['ascending', 'descending']).optional().describe('by time; default ascending'),
  severities: list.optional().describe('comma-separated'),
  message: z.string().optional().describe('part of the message, without regard to case; with cluster_id only'),
});

const fileQuery = z.object({
  file_name: z.enum(['discovery.ign']),
  discovery_iso_type: z.enum(['full-iso', 'minimal-iso', 'disconnected-iso']).optional(),
});

const link = z.object({ url: z.url(), expires_at: z.string().meta({ format: 'date-time' }) }).meta({ id: 'Link' });

const health = z.object({ status: z.literal('ok') });

export const routes = {
  RegisterCluster: {
    method: 'POST',
    path: '/v2/clusters',
    summary: 'Registers a cluster: the holder of the settings and of the exact OpenShift version',
    function: 'api',
    status: 201,
    parameters: none,
    query: none,
    body: { name: 'newClusterParams', schema: clusterCreateParams },
    answer: clusterAnswer,
  },
  RegisterDisconnectedCluster: {
    method: 'POST',
    path: '/v2/clusters/disconnected',
    summary: 'Registers a cluster that is unmonitored from the start',
    function: 'api',
    status: 201,
    parameters: none,
    query: none,
    body: { name: 'newClusterParams', schema: disconnectedClusterParams },
    answer: clusterAnswer,
  },
  ListClusters: {
    method: 'GET',
    path: '/v2/clusters',
    summary: "Lists the caller's clusters, oldest first",
    function: 'api',
    status: 200,
    parameters: none,
    query: z.object({ owner: z.string().optional(), with_hosts: flag.optional() }),
    answer: z.array(clusterAnswer),
  },
  GetCluster: {
    method: 'GET',
    path: '/v2/clusters/{cluster_id}',
    summary: 'Reads a cluster',
    function: 'api',
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
    status: 201,
    parameters: clusterId,
    query: none,
    body: { name: 'clusterUpdateParams', schema: clusterUpdateParams },
    answer: clusterAnswer,
  },
  DeregisterCluster: {
    method: 'DELETE',
    path: '/v2/clusters/{cluster_id}',
    summary: 'Deletes a cluster in any status; its infra-envs stay deletable for a day',
    function: 'api',
    status: 204,
    parameters: clusterId,
    query: none,
  },
  RegisterInfraEnv: {
    method: 'POST',
    path: '/v2/infra-envs',
    summary: 'Registers the settings of one ISO; of type disconnected-iso it makes its cluster disconnected',
    function: 'api',
    status: 201,
    parameters: none,
    query: none,
    body: { name: 'infraenvCreateParams', schema: infraEnvCreateParams },
    answer: infraEnvAnswer,
  },
  ListInfraEnvs: {
    method: 'GET',
    path: '/v2/infra-envs',
    summary: "Lists the caller's infra-envs, oldest first",
    function: 'api',
    status: 200,
    parameters: none,
    query: z.object({ cluster_id: z.guid().optional(), owner: z.string().optional() }),
    answer: z.array(infraEnvAnswer),
  },
  GetInfraEnv: {
    method: 'GET',
    path: '/v2/infra-envs/{infra_env_id}',
    summary: 'Reads an infra-env',
    function: 'api',
    status: 200,
    parameters: infraEnvId,
    query: none,
    answer: infraEnvAnswer,
  },
  UpdateInfraEnv: {
    method: 'PATCH',
    path: '/v2/infra-envs/{infra_env_id}',
    summary: 'Changes the given settings of an infra-env; absent ones stay',
    function: 'api',
    status: 201,
    parameters: infraEnvId,
    query: none,
    body: { name: 'infraEnvUpdateParams', schema: infraEnvUpdateParams },
    answer: infraEnvAnswer,
  },
  DeregisterInfraEnv: {
    method: 'DELETE',
    path: '/v2/infra-envs/{infra_env_id}',
    summary: 'Deletes an infra-env with its pull secret and everything generated for it',
    function: 'api',
    status: 204,
    parameters: infraEnvId,
    query: none,
  },
  RegisterHost: {
    method: 'POST',
    path: '/v2/infra-envs/{infra_env_id}/hosts',
    summary: 'Always refused: this service discovers no hosts',
    function: 'api',
    status: 201,
    parameters: infraEnvId,
    query: none,
    body: { name: 'newHostParams', schema: z.looseObject({}) },
  },
  ListEvents: {
    method: 'GET',
    path: '/v2/events',
    summary: 'Lists the events of a cluster or an infra-env',
    function: 'api',
    status: 200,
    parameters: none,
    query: eventQuery,
    answer: z.array(eventAnswer),
  },
  ListOpenshiftVersions: {
    method: 'GET',
    path: '/v2/openshift-versions',
    summary: 'Lists the releases that a cluster can be registered with',
    function: 'api',
    status: 200,
    parameters: none,
    query: z.object({ version: z.string().optional(), only_latest: flag.optional() }),
    answer: versionsAnswer,
  },
  ListOfflineOpenshiftVersions: {
    method: 'GET',
    path: '/v2/offline-openshift-versions',
    summary: 'Lists the same releases for the wizard of disconnected ISOs',
    function: 'api',
    status: 200,
    parameters: none,
    query: z.object({ version: z.string().optional() }),
    answer: versionsAnswer,
  },
  ListReleaseSources: {
    method: 'GET',
    path: '/v2/release-sources',
    summary: 'Lists minor versions with their architectures and channels',
    function: 'api',
    status: 200,
    parameters: none,
    query: none,
    answer: releaseSourcesAnswer,
  },
  DownloadInfraEnvFile: {
    method: 'GET',
    path: '/v2/infra-envs/{infra_env_id}/downloads/files',
    summary: 'Redirects to a presigned link to the file; the body names the link too',
    function: 'downloads',
    status: 302,
    parameters: infraEnvId,
    query: fileQuery,
    answer: link,
  },
  PresignInfraEnvFile: {
    method: 'GET',
    path: '/v2/infra-envs/{infra_env_id}/downloads/files-presigned',
    summary: 'Answers a presigned link to the file',
    function: 'downloads',
    status: 200,
    parameters: infraEnvId,
    query: fileQuery,
    answer: link,
  },
  Health: {
    method: 'GET',
    path: '/health',
    summary: 'Answers as long as the service runs',
    function: 'api',
    status: 200,
    parameters: none,
    query: none,
    answer: health,
  },
  Ready: {
    method: 'GET',
    path: '/ready',
    summary: 'Answers once the service can reach its table',
    function: 'api',
    status: 200,
    parameters: none,
    query: none,
    answer: health,
  },
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type OperationId = keyof Routes;
export type FunctionName = Route['function'];

/** The operations that one function serves. */
export type OperationIdOf<Name extends FunctionName> = {
  [Id in OperationId]: Routes[Id]['function'] extends Name ? Id : never;
}[OperationId];
