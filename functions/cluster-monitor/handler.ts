import * as z from 'zod';
import { clusterStore, monitoredClusterStore } from '#adapters/cluster-store.ts';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { watchedSecretStore } from '#adapters/secret-watch.ts';
import { runningMedia, stepFunctions } from '#adapters/workflow-starter.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { functionHandler } from '#runtime/function-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import { measureOldestPreparation } from '#runtime/metrics.ts';
import { environment } from './cluster-monitor-env.ts';
import { monitorClusters } from './refresh-clusters.ts';
import { sweepSecrets } from './sweep-secrets.ts';
import { watchMedia } from './watch-media.ts';

const env = readEnvironment(environment);
const clock = () => new Date();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };
const monitor = monitorClusters({ clusters: clusterStore(table), monitored: monitoredClusterStore(table), clock });
const sweep = sweepSecrets({ infraEnvs: infraEnvStore(table), watched: watchedSecretStore(table), clock });
const media = runningMedia({ client: stepFunctions(), prepareMediaArn: env.PREPARE_MEDIA_ARN });
const watch = watchMedia({ media, clock, report: measureOldestPreparation });

export const handler = functionHandler({
  name: 'cluster-monitor',
  schema: z.unknown(),
  run: async (_, invocation) => ({
    ...(await monitor(invocation)),
    secretsRemoved: await sweep(invocation),
    oldestPreparation: await watch(),
  }),
  logger: createLogger(),
});
