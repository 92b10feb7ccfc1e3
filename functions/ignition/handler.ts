import { randomUUID } from 'node:crypto';
import { artifactFinder, artifactWriter } from '#adapters/artifacts.ts';
import { clusterStore } from '#adapters/cluster-store.ts';
import { credentialStore } from '#adapters/credentials.ts';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { eventStore } from '#adapters/event-store.ts';
import { ignitionValidator } from '#adapters/ignition-validator.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { installerCache } from '#adapters/installer-cache/installer-cache.ts';
import { installerObjects } from '#adapters/installer-cache/installer-objects.ts';
import { installerProgram } from '#adapters/installer-program.ts';
import { kmsKeyring } from '#adapters/keyring.ts';
import { manifestStore } from '#adapters/manifest-store.ts';
import { networkProgram } from '#adapters/network-program.ts';
import { pullSecretReader } from '#adapters/pull-secrets.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { s3 } from '#adapters/s3-client.ts';
import { workspaces } from '#adapters/workspaces.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { functionHandler } from '#runtime/function-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import { readAdminFiles } from './admin-files.ts';
import { generateArtifact } from './generate-artifact.ts';
import { agentOf, environment } from './ignition-env.ts';
import { functionRequest } from './ignition-request.ts';
import { knowInstallers } from './installer-profiles.ts';
import { judgeSettings } from './settings-judgement.ts';

const env = readEnvironment(environment);
const clock = () => new Date();
const logger = createLogger();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };
const client = s3();
const artifacts = { client, bucket: env.ARTIFACTS_BUCKET };
const searchPath = process.env.PATH ?? '';
const folders = workspaces({ root: env.WORKSPACE_DIR, logger });
const validator = ignitionValidator({ searchPath, logger });
const program = installerProgram({ searchPath });
const releases = releaseStore(table);
const keyring = kmsKeyring(env.PULL_SECRET_KEY_ARN);
const networks = networkProgram({ searchPath, workspaces: folders });

const infraEnvs = infraEnvStore(table);
const siteCredentials = credentialStore({ ...table, keyring, kind: 'site' });

const generate = generateArtifact({
  infraEnvs,
  clusters: clusterStore(table),
  manifests: manifestStore(artifacts),
  releases,
  pullSecrets: pullSecretReader({ ...table, keyring }),
  credentials: credentialStore({ ...table, keyring }),
  siteCredentials,
  artifacts: { ...artifactFinder(artifacts), ...artifactWriter(artifacts) },
  events: eventStore(table),
  installers: installerCache({
    imageDir: env.INSTALLER_IMAGE_DIR,
    cacheDir: env.INSTALLER_CACHE_DIR,
    maxBytes: env.INSTALLER_CACHE_BYTES,
    objects: installerObjects({ client, bucket: env.RELEASES_BUCKET }),
    logger,
  }),
  knowInstaller: knowInstallers({ program, workspaces: folders, releases, logger }),
  program,
  networkProgram: networks,
  ignitionValidator: validator,
  workspaces: folders,
  agent: agentOf(env),
  clock,
  newId: randomUUID,
  logger,
  timeoutSeconds: env.INSTALLER_TIMEOUT_SECONDS,
});

const readAdmin = readAdminFiles({ infraEnvs, siteCredentials });

const judge = judgeSettings({ networkProgram: networks, ignitionValidator: validator });

export const handler = functionHandler({
  name: 'ignition',
  schema: functionRequest,
  run: async (request, invocation) => {
    if ('static_network_config' in request) return judge(request, invocation);
    return 'admin_files_of' in request ? readAdmin(request) : generate(request, invocation);
  },
  logger,
});
