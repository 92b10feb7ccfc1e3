import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDb, s3 } from '#adapters/aws-clients.ts';
import { releaseStore } from '#adapters/release-store.ts';
import type { Release } from '#domain/release/release.ts';
import { refillIndexes } from './indexes.ts';
import { addInstaller } from './installers.ts';
import type { Template } from './template/template.ts';
import { createBuckets } from './template-buckets.ts';
import { createTables } from './template-tables.ts';

/** What the template calls its table and its buckets. */
export interface Stores {
  readonly tableName: string;
  readonly artifactsBucket: string;
  readonly releasesBucket: string;
}

interface Creation {
  /** Whether the table's indexes have to be filled again. */
  readonly indexesDropped: boolean;
}

/** Creates the template's table and buckets where they are missing. */
export const createStores = async (template: Template, { indexesDropped }: Creation): Promise<Stores> => {
  const tableName = template.output('TableName');
  const database = new DynamoDBClient({});
  await createTables(database, template.ofType('AWS::DynamoDB::Table'));
  if (indexesDropped) await refillIndexes(database, tableName);
  await createBuckets(s3(), template.ofType('AWS::S3::Bucket'));
  return {
    tableName,
    artifactsBucket: template.output('ArtifactsBucket'),
    releasesBucket: template.output('ReleasesBucket'),
  };
};

/**
 * Adds the releases of these `openshift-install` binaries.
 *
 * @returns all known releases, those of earlier runs included
 * @throws StartError when a file is not an openshift-install
 */
export const addReleases = async (
  { tableName, releasesBucket: bucket }: Stores,
  installers: readonly string[],
): Promise<readonly Release[]> => {
  const releases = releaseStore({ client: dynamoDb(), tableName });
  const target = { s3: s3(), bucket, releases, clock: () => new Date() };
  for (const path of installers) await addInstaller(target, path);
  return releases.all();
};
