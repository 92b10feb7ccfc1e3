import { admission } from '#adapters/admitted-callers.ts';
import { artifactFinder, artifactReader, links } from '#adapters/artifacts.ts';
import { dynamoDb, kms, lambda, s3, stepFunctions } from '#adapters/aws-clients.ts';
import { clusterStore } from '#adapters/cluster-store.ts';
import { ignitionFunction } from '#adapters/ignition-function.ts';
import { imageTokens, kmsRootKey } from '#adapters/image-tokens.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { isoRecordStore, mediaAttemptStore } from '#adapters/iso-records.ts';
import { isoParts } from '#adapters/iso-uploads.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { mediaWorkflow } from '#adapters/workflow-starter.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import { downloadOperations } from './download-operations.ts';
import { environment } from './downloads-env.ts';

const env = environment.parse(process.env);
const clock = () => new Date();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };
const infraEnvs = infraEnvStore(table);
const tokens = imageTokens({ rootKey: kmsRootKey(kms(), env.IMAGE_TOKEN_KEY_ARN), infraEnvs, clock });
const bucket = { client: s3(), bucket: env.ARTIFACTS_BUCKET };

export const handler = httpHandler({
  operations: downloadOperations({
    clusters: clusterStore(table),
    infraEnvs,
    artifacts: artifactFinder(bucket),
    files: artifactReader(bucket),
    links: links({ ...bucket, clock, seconds: env.LINK_SECONDS }),
    generate: ignitionFunction({ client: lambda(), functionName: env.IGNITION_FUNCTION_NAME }),
    imageTokens: tokens,
    releases: releaseStore(table),
    isoRecords: isoRecordStore(table),
    isoParts: isoParts(bucket),
    mediaAttempts: mediaAttemptStore(table),
    media: mediaWorkflow({ client: stepFunctions(), prepareMediaArn: env.PREPARE_MEDIA_ARN }),
    open: env.AUTHENTICATION === 'none',
    clock,
  }),
  admit: admission(env, tokens),
  allowedDomains: env.ALLOWED_DOMAINS,
  logger: createLogger(),
});
