import { randomUUID } from 'node:crypto';
import { artifactFinder, artifactReader } from '#adapters/artifacts.ts';
import { baseIsoReader } from '#adapters/base-isos.ts';
import { compositionQuota } from '#adapters/composition-quota.ts';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { eventStore } from '#adapters/event-store.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { isoRecordStore } from '#adapters/iso-records.ts';
import { isoObjects, isoUploads } from '#adapters/iso-uploads.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { s3 } from '#adapters/s3-client.ts';
import { readEnvironment } from '#runtime/environment.ts';
import { functionHandler } from '#runtime/function-handler.ts';
import { createLogger } from '#runtime/logging.ts';
import { composeIso } from './compose-iso.ts';
import { environment } from './iso-env.ts';
import { isoRequest } from './iso-request.ts';

const env = readEnvironment(environment);
const clock = () => new Date();
const logger = createLogger();
const table = { client: dynamoDb(), tableName: env.TABLE_NAME, clock };
const client = s3();
const artifacts = { client, bucket: env.ARTIFACTS_BUCKET };

const run = composeIso({
  infraEnvs: infraEnvStore(table),
  releases: releaseStore(table),
  artifacts: { ...artifactFinder(artifacts), ...artifactReader(artifacts) },
  baseIsos: baseIsoReader({ client, bucket: env.RELEASES_BUCKET }),
  uploads: isoUploads(artifacts),
  objects: isoObjects(artifacts),
  records: isoRecordStore(table),
  quota: compositionQuota({ ...table, limit: env.COMPOSITIONS_PER_USER_AND_HOUR }),
  events: eventStore(table),
  clock,
  newId: randomUUID,
  logger,
});

export const handler = functionHandler({ name: 'iso', schema: isoRequest, run, logger });
