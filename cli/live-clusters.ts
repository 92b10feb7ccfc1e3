import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { isExpired, type Table } from '#adapters/dynamodb-table.ts';
import type { Clock } from '#domain/ports.ts';

interface Question {
  readonly table: Table;
  readonly version: string;
  readonly clock: Clock;
}

export interface LiveCluster {
  readonly id: string;
  readonly name: string;
}

/**
 * Clusters that live and have this OpenShift version. A scan is right here: an operator asks once in a while, and an
 * index by version would cost a write with every change of every cluster. The table is small by nature, since a cluster
 * that nobody changes goes after 20 days.
 */
export const liveClustersOf = async ({ table, version, clock }: Question): Promise<readonly LiveCluster[]> => {
  const found: LiveCluster[] = [];
  const pages = paginateScan(
    { client: table.client },
    {
      TableName: table.tableName,
      ConsistentRead: true,
      FilterExpression: 'sk = :cluster AND openshiftVersion = :version AND attribute_not_exists(deletedAt)',
      ProjectionExpression: 'id, #name, expiresAt',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':cluster': 'cluster', ':version': version },
    },
  );
  for await (const { Items = [] } of pages) {
    const live = Items.filter((item) => !isExpired(item, clock()));
    found.push(...live.map(({ id, name }) => ({ id: String(id), name: String(name) })));
  }
  return found;
};
