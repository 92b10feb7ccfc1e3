import { artifactFinder, links } from '#adapters/artifacts.ts';
import { dynamoDb, lambda, s3 } from '#adapters/aws-clients.ts';
import { clusterStore } from '#adapters/clusters.ts';
import { ignitionFunction } from '#adapters/ignition-function.ts';
import { infraEnvStore } from '#adapters/infra-envs.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import { downloadOperations } from './app.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const clock = () => new Date();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };
const bucket = { client: s3(), bucket: env.ARTIFACTS_BUCKET };

export const handler = httpHandler({
  operations: downloadOperations({
    clusters: clusterStore(table),
    infraEnvs: infraEnvStore(table),
    artifacts: artifactFinder(bucket),
    links: links({ ...bucket, clock, seconds: env.LINK_SECONDS }),
    generate: ignitionFunction({ client: lambda(), functionName: env.IGNITION_FUNCTION_NAME }),
    clock,
  }),
  logger: createLogger(),
});
