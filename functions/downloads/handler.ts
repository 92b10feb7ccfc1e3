import { admission } from '#adapters/admitted-callers.ts';
import { artifactFinder, artifactReader, links } from '#adapters/artifacts.ts';
import { clusterStore } from '#adapters/cluster-store.ts';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { isoRecordStore, mediaAttemptStore } from '#adapters/iso-records.ts';
import { isoParts } from '#adapters/iso-uploads.ts';
import { s3 } from '#adapters/s3-client.ts';
import { whenAsked } from '#adapters/when-asked.ts';
import { downloadRoutes } from '#contract/routes/download-routes.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import { downloadOperations } from './download-operations.ts';
import { environment } from './downloads-env.ts';

const env = readEnvironment(environment);
const clock = () => new Date();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };
const infraEnvs = infraEnvStore(table);
const tokens = whenAsked(async () => {
  const { imageTokens, kmsRootKey } = await import('#adapters/image-tokens.ts');
  return imageTokens({ rootKey: kmsRootKey(env.IMAGE_TOKEN_KEY_ARN), infraEnvs, clock });
});
const bucket = { client: s3(), bucket: env.ARTIFACTS_BUCKET };
const ignition = whenAsked(async () => {
  const { ignitionFunction, ignitionTarget } = await import('#adapters/ignition-function.ts');
  return { generate: ignitionFunction(ignitionTarget(env.IGNITION_FUNCTION_NAME)) };
});

export const handler = httpHandler({
  routes: downloadRoutes,
  operations: downloadOperations({
    clusters: clusterStore(table),
    infraEnvs,
    artifacts: artifactFinder(bucket),
    files: artifactReader(bucket),
    links: links({ ...bucket, clock, seconds: env.LINK_SECONDS }),
    generate: ignition.generate,
    imageTokens: tokens,
    releases: whenAsked(async () => (await import('#adapters/release-store.ts')).releaseStore(table)),
    isoRecords: isoRecordStore(table),
    isoParts: isoParts(bucket),
    mediaAttempts: mediaAttemptStore(table),
    media: whenAsked(async () => {
      const { mediaWorkflow, stepFunctions } = await import('#adapters/workflow-starter.ts');
      return mediaWorkflow({ client: stepFunctions(), prepareMediaArn: env.PREPARE_MEDIA_ARN });
    }),
    compositionsPerHour: env.COMPOSITIONS_PER_USER_AND_HOUR,
    open: env.AUTHENTICATION === 'none',
    clock,
  }),
  admit: admission(env, tokens),
  allowedDomains: env.ALLOWED_DOMAINS,
  logger: createLogger(),
});
