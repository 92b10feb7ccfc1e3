import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { s3 } from '#adapters/s3-client.ts';
import type { Target } from '#cli/release-target.ts';
import { refillIndexes } from './indexes.ts';
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

/** The catalogue in these stores, as the operator's commands know it. */
export const catalogueTarget = ({ tableName, releasesBucket: bucket }: Stores, dataDir: string): Target => ({
  description: `the local stack in ${dataDir}`,
  table: { client: dynamoDb(), tableName },
  s3: s3(),
  bucket,
  option: '',
});
