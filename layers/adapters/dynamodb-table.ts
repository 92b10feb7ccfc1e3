import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
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

/** Where it is kept what an owner has used of a quota. */
export const quotaKey = (quota: string, owner: Owner): Key => ({ pk: `owner#${owner.userName}`, sk: `quota#${quota}` });

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

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Whether an item has these values, undefined standing for none. After a failed condition this shows whose write it was:
 * when an answer is lost the SDK tries again, and its second try fails by what the first one has written.
 */
const holds = async ({ client, tableName }: Table, key: Key, attributes: Attributes): Promise<boolean> => {
  const { Item: item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return (
    item !== undefined && Object.entries(attributes).every(([name, value]) => isDeepStrictEqual(item[name], value))
  );
};

/** Writes an item that is new; false when there is another one under its key. */
export const putNew = async (table: Table, item: Key & Attributes): Promise<boolean> => {
  const { pk, sk, ...attributes } = item;
  const put = new PutCommand({
    TableName: table.tableName,
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  return (await conditionally(() => table.client.send(put))) || holds(table, { pk, sk }, attributes);
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
  readonly attributes: Attributes;
  readonly remove?: readonly string[];
  readonly condition: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Attributes;
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

/**
 * The same for a change that counts its record's versions up: false only when it is another writer's. Each write leaves an id
 * of its own in the record, since two writers may make the same change.
 */
export const updateVersion = async (table: Table, change: Update): Promise<boolean> => {
  const writeId = randomUUID();
  const attributes = { ...change.attributes, writeId };
  return (await update(table, { ...change, attributes })) || holds(table, change.key, { writeId });
};
