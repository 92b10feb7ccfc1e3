import type { OperationIdOf } from '#contract/routes.ts';
import { ignitionKey } from '#domain/artifact.ts';
import { failure, invalid } from '#domain/errors.ts';
import type { ImageType, InfraEnv } from '#domain/infra-env/infra-env.ts';
import { owns } from '#domain/owner.ts';
import type { ArtifactFinder, Clusters, GenerateIgnition, InfraEnvs, Links, PresignedLink } from '#domain/ports.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';

interface Dependencies {
  readonly clusters: Clusters;
  readonly infraEnvs: InfraEnvs;
  readonly artifacts: ArtifactFinder;
  readonly links: Links;
  readonly generate: GenerateIgnition;
}

type Request = OperationRequest<'DownloadInfraEnvFile' | 'PresignInfraEnvFile'>;

/** What is left of the invocation's time for presigning and answering. */
const answerMs = 1_000;

const checkOffered = (infraEnv: InfraEnv, wanted: ImageType = infraEnv.type): void => {
  if (infraEnv.type !== wanted && wanted === 'disconnected-iso') {
    throw invalid(`discovery_iso_type disconnected-iso is not for an infra-env of type ${infraEnv.type}`);
  }
  if (wanted !== 'disconnected-iso') {
    throw failure('NotImplemented', {
      reason: `discovery.ign is offered for disconnected-iso only, not for ${wanted}`,
    });
  }
};

/** The use-cases of the downloads function. */
export const downloadOperations = (dependencies: Dependencies): Operations<OperationIdOf<'downloads'>> => {
  const { clusters, infraEnvs, artifacts, links, generate } = dependencies;

  const checkCluster = async (id: string): Promise<void> => {
    const cluster = await clusters.get(id);
    if (cluster === undefined || cluster.deletedAt !== undefined) throw failure('ClusterGone', { id });
  };

  const discoveryIgnition = async ({ caller, parameters, query, remainingMs }: Request): Promise<PresignedLink> => {
    const infraEnv = await infraEnvs.get(parameters.infra_env_id);
    if (infraEnv === undefined) throw failure('NotFound');
    if (!owns(caller, infraEnv)) throw failure('ObjectNotFound');
    checkOffered(infraEnv, query.discovery_iso_type);
    if (infraEnv.clusterId === undefined) throw failure('ClusterRequired');
    const { id: infraEnvId, revision } = infraEnv;
    const key = ignitionKey(infraEnv);
    const [, found] = await Promise.all([checkCluster(infraEnv.clusterId), artifacts.find(key)]);
    if (found === undefined) await generate({ infraEnvId, revision }, remainingMs() - answerMs);
    return links.presign(key, query.file_name);
  };

  const answer = async (request: Request) => {
    const { url, expiresAt } = await discoveryIgnition(request);
    return { body: { url, expires_at: expiresAt.toISOString() }, headers: { 'cache-control': 'no-store' } };
  };

  return {
    PresignInfraEnvFile: answer,
    DownloadInfraEnvFile: async (request) => {
      const { body, headers } = await answer(request);
      return { body, headers: { ...headers, location: body.url } };
    },
  };
};
