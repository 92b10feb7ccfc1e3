import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  paginateQuery,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Owner } from '#domain/owner.ts';

/** The one table, and the moment against which an item's end of life is judged. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

export type Entity = 'cluster' | 'infra-env';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const entityKey = (entity: Entity, id: string): Key => ({ pk: `${entity}#${id}`, sk: entity });

/** Partition of the index `by-owner`. */
export const ownerKey = (entity: Entity, owner: Owner): string => `${entity}#${owner.userName}`;

/** True also while the table's TTL has not removed the item yet: reads never rely on that. */
export const isExpired = (item: { readonly expiresAt?: unknown }, now: Date): boolean =>
  typeof item.expiresAt === 'number' && item.expiresAt <= now.getTime() / 1000;

/** Runs a conditional write; a failed condition gives false, anything else is thrown on. */
export const conditionally = async (write: () => Promise<unknown>): Promise<boolean> => {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** Every item of a query, over all its pages. */
export const queryAll = async (
  { client, tableName }: Table,
  query: Omit<QueryCommandInput, 'TableName'>,
): Promise<Record<string, unknown>[]> => {
  const items: Record<string, unknown>[] = [];
  for await (const page of paginateQuery({ client }, { TableName: tableName, ...query })) {
    items.push(...(page.Items ?? []));
  }
  return items;
};

interface Update {
  readonly key: Key;
  /** Attributes to set; one that is undefined is removed. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly condition: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** A conditional update of named attributes; false when the condition failed. */
export const update = (
  { client, tableName }: Table,
  { key, attributes, remove = [], condition, names = {}, values = {} }: Update,
): Promise<boolean> => {
  const entries = Object.entries(attributes);
  const set = entries.filter(([, value]) => value !== undefined);
  const unset = [...entries.filter(([, value]) => value === undefined).map(([name]) => name), ...remove];
  const sets = set.map(([name]) => `#${name} = :${name}`).join(', ');
  const removes = unset.length === 0 ? '' : ` REMOVE ${unset.map((name) => `#${name}`).join(', ')}`;
  return conditionally(() =>
    client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: key,
        UpdateExpression: `SET ${sets}${removes}`,
        ConditionExpression: condition,
        ExpressionAttributeNames: {
          ...Object.fromEntries([...set.map(([name]) => name), ...unset].map((name) => [`#${name}`, name])),
          ...names,
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
          ...values,
        },
      }),
    ),
  );
};
