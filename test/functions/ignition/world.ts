import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ignitionValidator } from '#adapters/ignition-validator.ts';
import { installerCache } from '#adapters/installer-cache/installer-cache.ts';
import { installerProgram } from '#adapters/installer-program.ts';
import { networkProgram } from '#adapters/network-program.ts';
import { workspaces } from '#adapters/workspaces.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import type { ServiceEvent } from '#domain/event.ts';
import type { Credentials } from '#domain/ignition/credentials.ts';
import type { ArtifactName } from '#domain/infra-env/artifact.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { InstallerProfile } from '#domain/release/installer-profile.ts';
import type { Release } from '#domain/release/release.ts';
import { generateArtifact } from '#functions/ignition/generate-artifact.ts';
import type { Dependencies } from '#functions/ignition/ignition-dependencies.ts';
import { knowInstallers } from '#functions/ignition/installer-profiles.ts';
import {
  type Behaviour,
  type Generation,
  makeInstaller,
  versions,
} from '#local/sample-release/openshift-install/make-installer.ts';
import { memoryCredentials } from '#test/fakes/credentials.ts';
import { memoryInstallerObjects } from '#test/fakes/installer-objects.ts';
import { profileOfGeneration } from '#test/fakes/installer-profile.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { memoryManifests } from '#test/fakes/manifests.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { pathWithNmstatectl } from '#test/stand-ins/openshift-install/make-nmstatectl.ts';

/** Occurs in nothing but the pull secret. */
export const canary = 'Zmxvd2VyOmNhbmFyeS1wYXNzd29yZC04MTUx';
export const goodPullSecret = `{"auths":{"quay.io":{"auth":"${canary}"}}}`;

export const agent = { serviceBaseUrl: 'https://service.example:8443', image: 'registry.example/agent:v1' };

interface Situation {
  readonly generation?: Generation;
  readonly behaviour?: Behaviour;
  readonly infraEnv?: Partial<InfraEnv>;
  readonly cluster?: Partial<Cluster>;
  readonly pullSecret?: string | undefined;
  readonly timeoutSeconds?: number;
  /** Of several worlds with one table. */
  readonly credentials?: Map<string, Credentials>;
  readonly siteCredentials?: Map<string, Credentials>;
  /** Of the cluster, by name. */
  readonly manifests?: Readonly<Record<string, string>>;
  /** The release is of a former version of the service, which examined nothing. */
  readonly unexamined?: true;
  readonly dependencies?: Partial<Dependencies>;
}

const installerOf = async (dir: string, { generation = 'G1', behaviour = {} }: Situation): Promise<Buffer> => {
  const plan = { dir: join(dir, 'made'), version: versions[generation], generation, behaviour };
  return readFile(await makeInstaller(plan));
};

/** One that lies about its version is examined at its first use. */
const storedProfile = async ({ generation = 'G1', behaviour, unexamined }: Situation) =>
  unexamined || behaviour?.wrongVersion !== undefined ? {} : { profile: await profileOfGeneration(generation) };

/** Everything that is left in a folder, as text; names of folders and content of files. */
const remains = async (dir: string): Promise<string[]> => {
  // The folder of the workspaces is made with the first of them.
  if (!existsSync(dir)) return [];
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries.map((entry) =>
      entry.isFile() ? readFile(join(entry.parentPath, entry.name), 'utf8') : Promise.resolve(entry.name),
    ),
  );
};

/** The function's own code with the real adapters for files and processes; table and buckets are in memory. */
export const world = async (situation: Situation = {}) => {
  const dir = await temporaryFolder();
  const version = versions[situation.generation ?? 'G1'];
  const bucket = memoryInstallerObjects();
  const added = bucket.add({ version, content: await installerOf(dir, situation) });
  const release = { ...added, installer: { ...added.installer, ...(await storedProfile(situation)) } };
  const state = {
    infraEnvs: new Map<string, InfraEnv>(),
    clusters: new Map<string, Cluster>(),
    releases: new Map<string, Release>([[version, release]]),
    pullSecret: 'pullSecret' in situation ? situation.pullSecret : goodPullSecret,
    credentials: situation.credentials ?? new Map<string, Credentials>(),
    siteCredentials: situation.siteCredentials ?? new Map<string, Credentials>(),
    profiles: new Map<string, InstallerProfile>(),
  };
  const infraEnv = anInfraEnv(situation.infraEnv);
  const cluster = aCluster({ openshiftVersion: version, ...situation.cluster });
  state.infraEnvs.set(infraEnv.id, infraEnv);
  state.clusters.set(cluster.id, cluster);

  const manifests = memoryManifests();
  for (const [fileName, text] of Object.entries(situation.manifests ?? {})) {
    await manifests.write(cluster.id, { folder: 'openshift', fileName }, Buffer.from(text));
  }

  const logger = memoryLogger();
  const artifacts = new Map<string, Buffer>();
  const events: ServiceEvent[] = [];
  const workspaceRoot = join(dir, 'workspaces');
  const searchPath = await pathWithNmstatectl(join(dir, 'nmstate'));
  const folders = workspaces({ root: workspaceRoot, logger });
  const program = situation.dependencies?.program ?? installerProgram({ searchPath });
  const releases = {
    get: async (wanted: string) => state.releases.get(wanted),
    keepProfile: async ({ version: examined }: Release, profile: InstallerProfile) => {
      state.profiles.set(examined, profile);
    },
  };
  const dependencies: Dependencies = {
    infraEnvs: { get: async (id) => state.infraEnvs.get(id) },
    clusters: { get: async (id) => state.clusters.get(id) },
    manifests,
    releases,
    pullSecrets: { read: async () => state.pullSecret },
    credentials: memoryCredentials(state.credentials),
    siteCredentials: memoryCredentials(state.siteCredentials),
    artifacts: {
      find: async (key) => {
        const found = artifacts.get(key);
        return found && { key, size: found.length, lastModified: new Date(0) };
      },
      writeOnce: async (key, bytes) => {
        if (artifacts.has(key)) return false;
        artifacts.set(key, Buffer.from(bytes));
        return true;
      },
      remove: async (key) => {
        artifacts.delete(key);
      },
    },
    events: {
      add: async (event) => {
        events.push(event);
      },
    },
    installers: installerCache({
      imageDir: join(dir, 'image'),
      cacheDir: join(dir, 'cache'),
      maxBytes: 100_000_000,
      objects: bucket.objects,
      logger,
    }),
    knowInstaller: knowInstallers({ program, workspaces: folders, releases, logger }),
    program,
    networkProgram: networkProgram({ searchPath, workspaces: folders }),
    ignitionValidator: ignitionValidator({ searchPath, logger }),
    workspaces: folders,
    agent,
    clock: () => new Date('2026-01-02T03:04:05.678Z'),
    newId: randomUUID,
    logger,
    timeoutSeconds: situation.timeoutSeconds ?? 20,
    ...situation.dependencies,
  };
  const generate = generateArtifact(dependencies);
  const make = (file: ArtifactName, revision = infraEnv.revision, remainingMs = 60_000) =>
    generate({ infra_env_id: infraEnv.id, revision, file }, { remainingMs: () => remainingMs });

  return {
    infraEnv,
    cluster,
    state,
    bucket,
    logger,
    artifacts,
    events,
    dir,
    run: (revision = infraEnv.revision, remainingMs = 60_000) => make('discovery.ign', revision, remainingMs),
    make,
    /** The stored ignition of the only revision. */
    ignition: () => artifacts.values().next().value?.toString('utf8') ?? '',
    workspacesLeft: () => remains(workspaceRoot),
    /** Everything that anybody but the host could read afterwards, but for the artifacts. */
    traces: async () => JSON.stringify([events, logger.lines, await remains(workspaceRoot)]),
  };
};

export type World = Awaited<ReturnType<typeof world>>;
