import type { OperationIdOf } from '#contract/routes.ts';
import { ignitionKey } from '#domain/artifact.ts';
import { isLive } from '#domain/cluster/cluster.ts';
import { failure, invalid } from '#domain/errors.ts';
import type { ImageType, InfraEnv } from '#domain/infra-env/infra-env.ts';
import { owns } from '#domain/owner.ts';
import type {
  ArtifactFinder,
  Clock,
  Clusters,
  GenerateIgnition,
  InfraEnvs,
  Links,
  PresignedLink,
} from '#domain/ports.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import { recentLinks } from './recent-links.ts';

interface Dependencies {
  readonly clusters: Clusters;
  readonly infraEnvs: InfraEnvs;
  readonly artifacts: ArtifactFinder;
  readonly links: Links;
  readonly generate: GenerateIgnition;
  readonly clock: Clock;
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
  const { clusters, infraEnvs, artifacts, links, generate, clock } = dependencies;
  const recents = recentLinks(links, clock);

  const checkCluster = async (id: string): Promise<void> => {
    if (!isLive(await clusters.get(id))) throw failure('ClusterGone', { id });
  };

  const readable = async ({ caller, parameters, query }: Request): Promise<InfraEnv> => {
    const infraEnv = await infraEnvs.get(parameters.infra_env_id);
    if (infraEnv === undefined) throw failure('NotFound');
    if (!owns(caller, infraEnv)) throw failure('ObjectNotFound');
    checkOffered(infraEnv, query.discovery_iso_type);
    return infraEnv;
  };

  const discoveryIgnition = async (request: Request): Promise<PresignedLink> => {
    const infraEnv = await readable(request);
    const { id: infraEnvId, clusterId, revision } = infraEnv;
    if (clusterId === undefined) throw failure('ClusterRequired');
    const key = ignitionKey(infraEnv);
    const recent = recents.find(key);
    const [, found] = await Promise.all([checkCluster(clusterId), recent ?? artifacts.find(key)]);
    if (recent !== undefined) return recent;
    const timeoutMs = request.remainingMs() - answerMs;
    const isThere = found !== undefined || (await generate({ infraEnvId, revision }, timeoutMs)) === 'generated';
    // Superseded: it has another revision by now, or is gone. The time that is left ends this, if nothing else does.
    return isThere ? recents.make(key, request.query.file_name) : discoveryIgnition(request);
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
