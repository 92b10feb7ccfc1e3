import { GetCommand, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { failure } from '#domain/errors.ts';
import { infraEnvIdleSeconds } from '#domain/infra-env/infra-env.ts';
import type { Owner } from '#domain/owner.ts';
import type { Clock } from '#domain/ports.ts';
import type { QuotaSubject, RecordQuota } from '#domain/quota.ts';
import { secondsAfter } from '#domain/time.ts';
import { conditionally, ownerKey, quotaKey, type Table, updateVersion } from './dynamodb-table.ts';

interface QuotaTable extends Table {
  readonly clock: Clock;
  /** How many each user may have; 0 for any number. */
  readonly limits: Readonly<Record<QuotaSubject, number>>;
}

/**
 * An item for each user and kind of record holds a number that the user's records never exceed: a registration counts it up
 * before it stores anything, and nothing counts it down, since records also end by themselves. Once it has reached the limit,
 * or is not there, it is set to what the index shows. So a registration costs one small write, and only those of a user at
 * the limit read the index, as his lists do.
 *
 * What this guarantees: nobody is refused who has fewer than the limit, and nobody gets more than the limit and what was
 * being registered at the moment of a count, which the index does not show yet. A write that happens twice, because its
 * answer was lost, makes the number too high until the next count, and refuses nobody.
 */
export const recordQuota = ({ clock, limits, ...table }: QuotaTable): RecordQuota => {
  const { client, tableName: TableName } = table;

  /** Without a registration for so long, a user's infra-envs are gone. */
  const end = () => secondsAfter(clock(), infraEnvIdleSeconds);

  /** False when the number has reached the limit, or is not there. */
  const countUp = (subject: QuotaSubject, owner: Owner) =>
    conditionally(() =>
      client.send(
        new UpdateCommand({
          TableName,
          Key: quotaKey(subject, owner),
          UpdateExpression: 'SET #count = #count + :one, #expiresAt = :end',
          ConditionExpression: '#count < :limit',
          ExpressionAttributeNames: { '#count': 'count', '#expiresAt': 'expiresAt' },
          ExpressionAttributeValues: { ':one': 1, ':limit': limits[subject], ':end': end() },
        }),
      ),
    );

  const countOf = async (subject: QuotaSubject, owner: Owner): Promise<number> => {
    const owned = {
      TableName,
      IndexName: 'by-owner',
      Select: 'COUNT',
      KeyConditionExpression: 'ownerKey = :owner',
      FilterExpression: 'expiresAt > :now',
      ExpressionAttributeValues: { ':owner': ownerKey(subject, owner), ':now': secondsAfter(clock(), 0) },
    } as const;
    let count = 0;
    for await (const page of paginateQuery({ client }, owned)) count += page.Count ?? 0;
    return count;
  };

  /**
   * Sets a number that is of no use to what there is and one more; false when another count came first. One that can still be
   * counted up is left alone: it knows of registrations that the index does not show yet.
   */
  const recount = async (subject: QuotaSubject, owner: Owner): Promise<boolean> => {
    const key = quotaKey(subject, owner);
    const { Item: before } = await client.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
    if (before !== undefined && before.count < limits[subject]) return false;
    const count = await countOf(subject, owner);
    if (count >= limits[subject]) throw failure('QuotaReached', { subject, limit: limits[subject] });
    const unchanged =
      before === undefined
        ? { condition: 'attribute_not_exists(pk)' }
        : { condition: '#writeId = :seen', values: { ':seen': before.writeId } };
    return updateVersion(table, { key, attributes: { count: count + 1, expiresAt: end() }, ...unchanged });
  };

  const take = async (subject: QuotaSubject, owner: Owner): Promise<void> => {
    if (limits[subject] === 0 || (await countUp(subject, owner)) || (await recount(subject, owner))) return;
    await take(subject, owner);
  };

  return { take };
};
