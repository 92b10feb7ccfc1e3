import { randomUUID } from 'node:crypto';
import { admission } from '#adapters/admitted-callers.ts';
import { clusterStore } from '#adapters/cluster-store.ts';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { eventStore } from '#adapters/event-store.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { mediaAttemptStore } from '#adapters/iso-records.ts';
import { kmsKeyring } from '#adapters/keyring.ts';
import { pullSecretKeeper } from '#adapters/pull-secrets.ts';
import { recordQuota } from '#adapters/record-quota.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { uiSettingsStore } from '#adapters/ui-settings-store.ts';
import { whenAsked } from '#adapters/when-asked.ts';
import { routes } from '#contract/route-table.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { environment } from './api-env.ts';
import { apiOperations } from './api-operations.ts';
import { imageLinks, isoSizes } from './image-link.ts';
import { pageOf } from './page-settings.ts';

const env = readEnvironment(environment);
const clock = () => new Date();
const logger = createLogger();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };
const infraEnvs = infraEnvStore(table);
const releases = releaseStore(table);

// Most requests ask the table alone.
const bucket = async () => {
  const { s3 } = await import('#adapters/s3-client.ts');
  return { client: s3(), bucket: env.ARTIFACTS_BUCKET };
};
const tokens = whenAsked(async () => {
  const { imageTokens, kmsRootKey } = await import('#adapters/image-tokens.ts');
  return imageTokens({ rootKey: kmsRootKey(env.IMAGE_TOKEN_KEY_ARN), infraEnvs, clock });
});
const ignition = whenAsked(async () => {
  const { adminFilesReader, ignitionTarget, settingsJudge } = await import('#adapters/ignition-function.ts');
  const target = ignitionTarget(env.IGNITION_FUNCTION_NAME);
  return { judge: settingsJudge(target), readAdminFiles: adminFilesReader(target) };
});

export const handler = httpHandler({
  routes,
  operations: apiOperations({
    clusters: clusterStore(table),
    infraEnvs,
    events: eventStore(table),
    uiSettings: uiSettingsStore(table),
    manifests: whenAsked(async () => {
      const { manifestStore } = await import('#adapters/manifest-store.ts');
      return manifestStore(await bucket());
    }),
    releases,
    quota: recordQuota({ ...table, limits: { cluster: env.CLUSTERS_PER_USER, 'infra-env': env.INFRA_ENVS_PER_USER } }),
    pullSecrets: pullSecretKeeper({ ...table, keyring: kmsKeyring(env.PULL_SECRET_KEY_ARN) }),
    artifacts: whenAsked(async () => {
      const { artifactRemover } = await import('#adapters/artifacts.ts');
      return artifactRemover(await bucket());
    }),
    workflows: whenAsked(async () => {
      const { stateMachines, stepFunctions } = await import('#adapters/workflow-starter.ts');
      return stateMachines({
        client: stepFunctions(),
        disconnectedTransitionArn: env.DISCONNECTED_TRANSITION_ARN,
        prepareMediaArn: env.PREPARE_MEDIA_ARN,
        clock,
      });
    }),
    mediaAttempts: mediaAttemptStore(table),
    judgeSettings: ignition.judge,
    readAdminFiles: ignition.readAdminFiles,
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
