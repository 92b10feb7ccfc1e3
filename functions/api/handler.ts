import { randomUUID } from 'node:crypto';
import { admission } from '#adapters/admitted-callers.ts';
import { artifactRemover } from '#adapters/artifacts.ts';
import { dynamoDb, kms, lambda, s3, stepFunctions } from '#adapters/aws-clients.ts';
import { clusterStore } from '#adapters/cluster-store.ts';
import { eventStore } from '#adapters/event-store.ts';
import { adminFilesReader, settingsJudge } from '#adapters/ignition-function.ts';
import { imageTokens, kmsRootKey } from '#adapters/image-tokens.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { kmsKeyring } from '#adapters/keyring.ts';
import { manifestStore } from '#adapters/manifest-store.ts';
import { pullSecretKeeper } from '#adapters/pull-secrets.ts';
import { recordQuota } from '#adapters/record-quota.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { uiSettingsStore } from '#adapters/ui-settings-store.ts';
import { stateMachines } from '#adapters/workflow-starter.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { environment } from './api-env.ts';
import { apiOperations } from './api-operations.ts';
import { imageLinks, isoSizes } from './image-link.ts';
import { pageOf } from './page-settings.ts';

const env = environment.parse(process.env);
const clock = () => new Date();
const logger = createLogger();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };
const bucket = { client: s3(), bucket: env.ARTIFACTS_BUCKET };
const infraEnvs = infraEnvStore(table);
const releases = releaseStore(table);
const tokens = imageTokens({ rootKey: kmsRootKey(kms(), env.IMAGE_TOKEN_KEY_ARN), infraEnvs, clock });

export const handler = httpHandler({
  operations: apiOperations({
    clusters: clusterStore(table),
    infraEnvs,
    events: eventStore(table),
    uiSettings: uiSettingsStore(table),
    manifests: manifestStore(bucket),
    releases,
    quota: recordQuota({ ...table, limits: { cluster: env.CLUSTERS_PER_USER, 'infra-env': env.INFRA_ENVS_PER_USER } }),
    pullSecrets: pullSecretKeeper({ ...table, keyring: kmsKeyring(env.PULL_SECRET_KEY_ARN) }),
    artifacts: artifactRemover(bucket),
    workflows: stateMachines({
      client: stepFunctions(),
      disconnectedTransitionArn: env.DISCONNECTED_TRANSITION_ARN,
      prepareMediaArn: env.PREPARE_MEDIA_ARN,
      clock,
    }),
    judgeSettings: settingsJudge({ client: lambda(), functionName: env.IGNITION_FUNCTION_NAME }),
    readAdminFiles: adminFilesReader({ client: lambda(), functionName: env.IGNITION_FUNCTION_NAME }),
    linkToImage: imageLinks({
      open: env.AUTHENTICATION === 'none',
      imageTokens: tokens,
      publicUrl: env.PUBLIC_URL,
      isoSize: isoSizes(releases, clock),
    }),
    page: pageOf(env),
    statusNaming: env.STATUS_NAMES,
    serviceVersion: packageFile.version,
    clock,
    newId: randomUUID,
    logger,
  }),
  admit: admission(env, tokens),
  allowedDomains: env.ALLOWED_DOMAINS,
  publicUrl: env.PUBLIC_URL,
  logger,
});
