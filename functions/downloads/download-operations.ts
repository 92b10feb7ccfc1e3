import type { OperationIdOf } from '#contract/route-table.ts';
import type { Clusters } from '#domain/cluster/cluster-ports.ts';
import { failure } from '#domain/errors.ts';
import { artifactKey, ignitionName } from '#domain/infra-env/artifact.ts';
import type {
  ArtifactFinder,
  ArtifactReader,
  GenerateArtifact,
  Links,
  PresignedLink,
} from '#domain/infra-env/artifact-ports.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
import type { Clock } from '#domain/ports.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { type ComposedIsoDependencies, composedIso } from './composed-iso.ts';
import { type ImageOperation, type IsoImageDependencies, isoImageOperations } from './iso-image.ts';
import { answerOf, redirectTo } from './link-answer.ts';
import { recentLinks } from './recent-links.ts';
import { minimalInitrdFile, type WantedFile, wantedFile } from './wanted-file.ts';

interface Dependencies extends Omit<IsoImageDependencies, 'linkToIso'>, ComposedIsoDependencies {
  readonly clusters: Clusters;
  readonly infraEnvs: InfraEnvs;
  readonly artifacts: ArtifactFinder;
  readonly files: ArtifactReader;
  readonly links: Links;
  readonly generate: GenerateArtifact;
  readonly clock: Clock;
}

type Id = OperationIdOf<'downloads'>;

/** What every request for a file has. */
type Request = Pick<OperationRequest<Exclude<Id, ImageOperation>>, 'caller' | 'parameters' | 'remainingMs'>;

interface LinkRequest {
  readonly request: Request;
  readonly infraEnv: InfraEnv;
  /** Which file of the infra-env is wanted. */
  readonly choose: (infraEnv: InfraEnv) => WantedFile;
}

/** What is left of the invocation's time for presigning and answering. */
const answerMs = 1_000;

/** The use-cases of the downloads function. */
export const downloadOperations = (dependencies: Dependencies): Operations<Id> => {
  const { releases, artifacts, files, links, generate, clock } = dependencies;
  const { ownInfraEnv, boundCluster } = ownRecords(dependencies);
  const recents = recentLinks(links, clock);

  const readable = ({ caller, parameters }: Request) => ownInfraEnv(parameters.infra_env_id, caller);

  const linkTo = async ({ request, infraEnv, choose }: LinkRequest): Promise<PresignedLink> => {
    const { file, savedAs } = choose(infraEnv);
    const key = artifactKey(infraEnv, file);
    const recent = recents.find(key);
    const look = recent === undefined ? artifacts.find(key) : undefined;
    const [, found] = await Promise.all([boundCluster(infraEnv), look]);
    if (recent !== undefined) return recent;
    const { id: infraEnvId, revision } = infraEnv;
    const timeoutMs = request.remainingMs() - answerMs;
    const isThere = found !== undefined || (await generate({ infraEnvId, revision, file }, timeoutMs)) === 'generated';
    if (isThere) return recents.make({ key, savedAs, writtenAt: found?.lastModified ?? clock() });
    // Superseded: it has another revision by now, or is gone. The time that is left ends this, if nothing else does.
    return linkTo({ request, choose, infraEnv: await readable(request) });
  };

  /** Where a file belongs in the base ISO, if it does. */
  const offsetOf = async (file_name: string, infraEnv: InfraEnv) => {
    if (file_name !== 'ignition.img') return {};
    const { openshiftVersion: version = '' } = infraEnv;
    const release = await releases.get(version, infraEnv);
    if (release?.baseIso === undefined) throw failure('BaseIsoMissing', { version });
    return { offset: release.baseIso.layout.ignition.offset };
  };

  const fileLink = async (request: OperationRequest<'DownloadInfraEnvFile' | 'PresignInfraEnvFile'>) => {
    const { query } = request;
    const infraEnv = await readable(request);
    const link = await linkTo({ request, infraEnv, choose: (current) => wantedFile(current, query) });
    return { ...link, ...(await offsetOf(query.file_name, infraEnv)) };
  };

  /** Found by what it was linked to: meanwhile the infra-env may have got another revision, whose file is not there yet. */
  const ignition = async (request: OperationRequest<'ReadInfraEnvIgnition'>): Promise<string> => {
    const choose = ({ type }: InfraEnv) => ({ file: ignitionName(type), savedAs: 'discovery.ign' });
    await linkTo({ request, infraEnv: await readable(request), choose });
    const current = await readable(request);
    const bytes = await files.read(artifactKey(current, ignitionName(current.type)));
    if (bytes === undefined) throw failure('GenerationPending');
    return Buffer.from(bytes).toString('utf8');
  };

  return {
    ...isoImageOperations({ ...dependencies, linkToIso: composedIso(dependencies) }),
    PresignInfraEnvFile: async (request) => answerOf(await fileLink(request)),
    DownloadInfraEnvFile: async (request) => redirectTo(await fileLink(request)),
    ReadInfraEnvIgnition: async (request) => ({
      content: await ignition(request),
      headers: { 'cache-control': 'no-store' },
    }),
    DownloadMinimalInitrd: async (request) => {
      // It reads YAML, as no other download does: the package for that is loaded when it is asked for.
      const { needsInitrd } = await import('#domain/ignition/standard/initrd.ts');
      const infraEnv = await readable(request);
      if (!needsInitrd(infraEnv.settings)) return { status: 204, body: undefined };
      return redirectTo(await linkTo({ request, infraEnv, choose: () => minimalInitrdFile }));
    },
  };
};
