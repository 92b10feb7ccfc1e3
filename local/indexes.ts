import { type DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { level } from '#emulators/dynamodb/level-store.ts';

// dynalite writes an item's index entries before the item, each on its own. Killed in between, an index knows an item
// that does not exist, or has forgotten one that does. What it keeps in this range of keys follows from the items alone.
const indexEntries = { gte: 'index-', lt: 'index.' };

/** Empties all indexes of a dynalite store that nobody has open. */
export const dropIndexEntries = async (path: string): Promise<void> => {
  const store = level(path);
  await store.open();
  await store.clear(indexEntries);
  await store.close();
};

/** Fills a table's emptied indexes again: writing an item as it is writes its index entries. */
export const refillIndexes = async (client: DynamoDBClient, tableName: string): Promise<void> => {
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName, Limit: 50 })) {
    await Promise.all(Items.map((Item) => client.send(new PutItemCommand({ TableName: tableName, Item }))));
  }
};
