import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { isExpired, type Table } from '#adapters/dynamodb-table.ts';
import type { Clock } from '#domain/ports.ts';
import type { ReleaseArchitecture } from '#domain/release/payload.ts';

interface Question {
  readonly table: Table;
  readonly entity: 'cluster' | 'infra-env';
  readonly version: string;
  /** Of the release; undefined: whichever the version is there for. */
  readonly architecture: ReleaseArchitecture | undefined;
  readonly clock: Clock;
}

export interface LiveUser {
  readonly id: string;
  readonly name: string;
}

// The hosts of a DisconnectedCluster, which has no architecture, may be of any.
const mayUse = (cluster: Record<string, unknown>, architecture: ReleaseArchitecture | undefined): boolean =>
  architecture === undefined || cluster.cpuArchitecture === undefined || cluster.cpuArchitecture === architecture;

/**
 * Clusters or infra-envs that live and have this OpenShift version. A scan is right here: an operator asks once in a while, and an
 * index by version would cost a write with every change of every cluster. The table is small by nature, since what nobody
 * changes goes after 20 days.
 */
export const liveUsersOf = async ({
  table,
  entity,
  version,
  architecture,
  clock,
}: Question): Promise<readonly LiveUser[]> => {
  const found: LiveUser[] = [];
  const pages = paginateScan(
    { client: table.client },
    {
      TableName: table.tableName,
      ConsistentRead: true,
      FilterExpression: 'sk = :entity AND openshiftVersion = :version AND attribute_not_exists(deletedAt)',
      ProjectionExpression: 'id, #name, expiresAt, cpuArchitecture',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':entity': entity, ':version': version },
    },
  );
  for await (const { Items = [] } of pages) {
    const live = Items.filter((item) => !isExpired(item, clock()) && mayUse(item, architecture));
    found.push(...live.map(({ id, name }) => ({ id: String(id), name: String(name) })));
  }
  return found;
};
