import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CompositionQuota } from '#domain/composition/composition-ports.ts';
import type { Clock } from '#domain/ports.ts';
import { conditionally, quotaKey, type Table } from './dynamodb-table.ts';

interface CompositionTable extends Table {
  readonly clock: Clock;
  /** How many compositions each user may begin in an hour; 0 for any number. */
  readonly limit: number;
}

const hourMs = 60 * 60_000;

/**
 * An item for each user and hour of the clock (UTC) names what was begun in it. Since it names and does not count, a
 * composition that is begun again, by a repeated step or a lost answer, stays one; the condition and the addition are one
 * write, so that of many at once no more than the limit get through. Around the full hour twice as many may begin within
 * sixty minutes. The item ends with its hour.
 */
export const compositionQuota = ({ client, tableName, clock, limit }: CompositionTable): CompositionQuota => ({
  begin: async ({ id, revision, owner }) => {
    if (limit === 0) return undefined;
    const hour = Math.floor(clock().getTime() / hourMs);
    const end = new Date((hour + 1) * hourMs);
    const composition = `${id}-${revision}`;
    const mayBegin = await conditionally(() =>
      client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: quotaKey(`compositions#${new Date(hour * hourMs).toISOString()}`, owner),
          UpdateExpression: 'ADD #begun :this SET #expiresAt = :end',
          ConditionExpression:
            'attribute_not_exists(#begun) OR size(#begun) < :limit OR contains(#begun, :composition)',
          ExpressionAttributeNames: { '#begun': 'begun', '#expiresAt': 'expiresAt' },
          ExpressionAttributeValues: {
            ':this': new Set([composition]),
            ':composition': composition,
            ':limit': limit,
            ':end': end.getTime() / 1000,
          },
        }),
      ),
    );
    return mayBegin ? undefined : { until: end.toISOString(), limit };
  },
});
