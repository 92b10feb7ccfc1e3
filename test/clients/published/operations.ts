import * as z from 'zod';
import type { Models } from './models.ts';

const unauthorized = [401, 403];
const noMethod = 405;

/**
 * Operations of the published API: the one status of success, its answer, and the statuses of the errors that are
 * declared. Generated clients take no other.
 */
export const operationsWith = ({ cluster, infraEnv, version, event, presignedUrl }: Models) =>
  ({
    v2RegisterCluster: {
      request: 'POST /v2/clusters',
      status: 201,
      answer: cluster,
      errors: [400, ...unauthorized, noMethod, 500],
    },
    v2RegisterDisconnectedCluster: {
      request: 'POST /v2/clusters/disconnected',
      status: 201,
      answer: cluster,
      errors: [400, ...unauthorized, noMethod, 500],
    },
    v2ListClusters: {
      request: 'GET /v2/clusters',
      status: 200,
      answer: z.array(cluster),
      errors: [...unauthorized, noMethod, 500, 503],
    },
    v2GetCluster: {
      request: 'GET /v2/clusters/{id}',
      status: 200,
      answer: cluster,
      errors: [...unauthorized, 404, noMethod, 500, 503],
    },
    V2UpdateCluster: {
      request: 'PATCH /v2/clusters/{id}',
      status: 201,
      answer: cluster,
      errors: [400, ...unauthorized, 404, noMethod, 409, 500],
    },
    v2DeregisterCluster: {
      request: 'DELETE /v2/clusters/{id}',
      status: 204,
      answer: z.undefined(),
      errors: [...unauthorized, 404, noMethod, 409, 500],
    },
    RegisterInfraEnv: {
      request: 'POST /v2/infra-envs',
      status: 201,
      answer: infraEnv,
      errors: [400, ...unauthorized, 404, noMethod, 409, 500, 501],
    },
    ListInfraEnvs: {
      request: 'GET /v2/infra-envs',
      status: 200,
      answer: z.array(infraEnv),
      errors: [...unauthorized, noMethod, 500, 501, 503],
    },
    GetInfraEnv: {
      request: 'GET /v2/infra-envs/{id}',
      status: 200,
      answer: infraEnv,
      errors: [...unauthorized, 404, noMethod, 500, 501, 503],
    },
    UpdateInfraEnv: {
      request: 'PATCH /v2/infra-envs/{id}',
      status: 201,
      answer: infraEnv,
      errors: [400, ...unauthorized, 404, noMethod, 409, 500, 501],
    },
    DeregisterInfraEnv: {
      request: 'DELETE /v2/infra-envs/{id}',
      status: 204,
      answer: z.undefined(),
      errors: [400, ...unauthorized, 404, noMethod, 409, 500, 501],
    },
    GetInfraEnvDownloadURL: {
      request: 'GET /v2/infra-envs/{id}/downloads/image-url',
      status: 200,
      answer: presignedUrl,
      errors: [400, ...unauthorized, 404, noMethod, 500],
    },
    GetInfraEnvPresignedFileURL: {
      request: 'GET /v2/infra-envs/{id}/downloads/files-presigned',
      status: 200,
      answer: presignedUrl,
      errors: [400, ...unauthorized, 404, noMethod, 409, 500, 503],
    },
    v2DownloadInfraEnvFiles: {
      request: 'GET /v2/infra-envs/{id}/downloads/files',
      status: 200,
      answer: z.instanceof(Uint8Array),
      errors: [400, ...unauthorized, 404, noMethod, 409, 500, 501, 503],
    },
    v2ListEvents: {
      request: 'GET /v2/events',
      status: 200,
      answer: z.array(event),
      errors: [...unauthorized, 404, noMethod, 500],
    },
    v2ListSupportedOpenshiftVersions: {
      request: 'GET /v2/openshift-versions',
      status: 200,
      answer: z.record(z.string(), version),
      errors: [...unauthorized, noMethod, 500, 503],
    },
    v2ListComponentVersions: {
      request: 'GET /v2/component-versions',
      status: 200,
      answer: z.looseObject({ versions: z.record(z.string(), z.string()), release_tag: z.string() }),
      errors: [...unauthorized, noMethod],
    },
    v2ListSupportedOperators: {
      request: 'GET /v2/supported-operators',
      status: 200,
      answer: z.array(z.string()),
      errors: [...unauthorized, noMethod, 500],
    },
  }) as const;

export type PublishedOperations = ReturnType<typeof operationsWith>;
export type PublishedOperation = keyof PublishedOperations;
