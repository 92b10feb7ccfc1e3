import * as z from 'zod';
import { dynamoDb } from '#adapters/aws-clients.ts';
import { clusterStore, monitoredClusterStore } from '#adapters/clusters.ts';
import { functionHandler } from '#runtime/function-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import { monitorClusters } from './app.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const clock = () => new Date();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };
const monitor = monitorClusters({ clusters: clusterStore(table), monitored: monitoredClusterStore(table), clock });

export const handler = functionHandler({
  name: 'cluster-monitor',
  schema: z.unknown(),
  run: (_, invocation) => monitor(invocation),
  logger: createLogger(),
});
