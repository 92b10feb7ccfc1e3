import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ServiceEvent } from '#domain/event.ts';
import type { Clock, Events } from '#domain/ports.ts';
import { conditionally, type Entity, isExpired, queryAll, type Table } from './dynamodb-table.ts';

interface EventTable extends Table {
  readonly clock: Clock;
}

const partitions = ({ clusterId, infraEnvId }: ServiceEvent): string[] => [
  ...(clusterId === undefined ? [] : [`cluster#${clusterId}`]),
  ...(infraEnvId === undefined ? [] : [`infra-env#${infraEnvId}`]),
];

// Sound for the same reason as in clusters.ts; the state machine writes the same attributes (its test compares them).
const toEvent = ({ pk, sk, ...record }: Record<string, unknown>): ServiceEvent => record as unknown as ServiceEvent;

export const eventStore = ({ clock, ...table }: EventTable): Events => {
  const of = async (entity: Entity, id: string): Promise<readonly ServiceEvent[]> => {
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :event)',
      ExpressionAttributeValues: { ':pk': `${entity}#${id}`, ':event': 'event#' },
    });
    return items.filter((item) => !isExpired(item, clock())).map(toEvent);
  };

  return {
    add: async (event) => {
      await Promise.all(
        partitions(event).map((pk) =>
          conditionally(() =>
            table.client.send(
              new PutCommand({
                TableName: table.tableName,
                Item: { pk, sk: `event#${event.eventTime}#${event.id}`, ...event },
                ConditionExpression: 'attribute_not_exists(pk)',
              }),
            ),
          ),
        ),
      );
    },
    ofCluster: (id) => of('cluster', id),
    ofInfraEnv: (id) => of('infra-env', id),
  };
};
