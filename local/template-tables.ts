import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  type TableDescription,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Resource } from './template/template.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

/** What DynamoDB's CreateTable shares with the resource of a template. */
const tableSchema = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
});

type TableDefinition = z.infer<typeof tableSchema>;

const shape = ({ KeySchema = [], GlobalSecondaryIndexes = [] }: Partial<TableDefinition> | TableDescription) =>
  JSON.stringify([
    KeySchema.map(({ AttributeName }) => AttributeName),
    GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys = [], Projection }) => [
      IndexName,
      keys.map(({ AttributeName }) => AttributeName),
      Projection?.ProjectionType,
    ]).sort(),
  ]);

const checkShape = async (client: DynamoDBClient, name: string, definition: TableDefinition): Promise<void> => {
  const { Table = {} } = await client.send(new DescribeTableCommand({ TableName: name }));
  if (shape(Table) !== shape(definition)) {
    throw new Error(
      `the table ${name} there has other keys or indexes: it was made by another version of this project`,
    );
  }
};

const createTable = async (client: DynamoDBClient, { ref: name, properties }: Resource): Promise<void> => {
  const definition = tableSchema.parse(properties);
  try {
    await client.send(new CreateTableCommand({ TableName: name, BillingMode: 'PAY_PER_REQUEST', ...definition }));
    await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.02, maxDelay: 1 }, { TableName: name });
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await checkShape(client, name, definition);
  }
};

/**
 * Creates the tables that a template asks for; one that is there already is kept.
 *
 * @param resources of type AWS::DynamoDB::Table
 * @throws Error when a table that is there has other keys or indexes
 */
export const createTables = async (client: DynamoDBClient, resources: readonly Resource[]): Promise<void> => {
  for (const resource of resources) await createTable(client, resource);
};
