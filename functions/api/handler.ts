import { randomUUID } from 'node:crypto';
import { artifactRemover } from '#adapters/artifacts.ts';
import { dynamoDb, s3, stepFunctions } from '#adapters/aws-clients.ts';
import { clusterStore } from '#adapters/clusters.ts';
import { eventStore } from '#adapters/events.ts';
import { infraEnvStore } from '#adapters/infra-envs.ts';
import { kmsKeyring } from '#adapters/keyring.ts';
import { pullSecretKeeper } from '#adapters/pull-secrets.ts';
import { releaseStore } from '#adapters/releases.ts';
import { stateMachines } from '#adapters/workflows.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import { apiOperations } from './app.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const clock = () => new Date();
const logger = createLogger();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };

export const handler = httpHandler({
  operations: apiOperations({
    clusters: clusterStore(table),
    infraEnvs: infraEnvStore(table),
    events: eventStore(table),
    releases: releaseStore(table),
    pullSecrets: pullSecretKeeper({ ...table, keyring: kmsKeyring(env.PULL_SECRET_KEY_ARN) }),
    artifacts: artifactRemover({ client: s3(), bucket: env.ARTIFACTS_BUCKET }),
    workflows: stateMachines({
      client: stepFunctions(),
      disconnectedTransitionArn: env.DISCONNECTED_TRANSITION_ARN,
      prepareMediaArn: env.PREPARE_MEDIA_ARN,
      clock,
    }),
    clock,
    newId: randomUUID,
    logger,
  }),
  logger,
});
