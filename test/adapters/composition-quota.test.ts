import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { compositionQuota } from '#adapters/composition-quota.ts';
import { quotaKey } from '#adapters/dynamodb-table.ts';
import { largestCompositionQuota } from '#runtime/quota-variables.ts';
import { anInfraEnv } from '#test/fakes/records.ts';
import { answersLost } from './answers-lost.ts';
import { seconds, storedTable } from './stored-table.ts';

const { time, ...table } = await storedTable();
const nextHour = '2026-03-01T13:00:00.000Z';

beforeEach(() => {
  time.now = new Date('2026-03-01T12:59:30.000Z');
});

const someone = () => ({ userName: randomUUID(), orgId: '', emailDomain: 'Unknown' });
type Owner = ReturnType<typeof someone>;

const another = (owner: Owner) => anInfraEnv({ id: randomUUID(), owner });
const quotaOf = (limit: number, client = table.client) => compositionQuota({ ...table, client, limit });

const itemOf = async (owner: Owner) => {
  const Key = quotaKey('compositions#2026-03-01T12:00:00.000Z', owner);
  return (await table.client.send(new GetCommand({ TableName: table.tableName, Key }))).Item;
};

describe('how many ISOs are composed for a user in an hour', () => {
  it('is a number after which the rest wait for the next hour', async () => {
    const owner = someone();
    const quota = quotaOf(2);
    const answers = [];
    for (let index = 0; index < 3; index += 1) answers.push(await quota.begin(another(owner)));
    expect(answers).toEqual([undefined, undefined, { until: nextHour, limit: 2 }]);
    time.now = new Date(nextHour);
    expect(await quota.begin(another(owner))).toBeUndefined();
  });

  it('counts a composition once, however often it is begun', async () => {
    const owner = someone();
    const quota = quotaOf(1);
    const infraEnv = another(owner);
    for (let index = 0; index < 3; index += 1) expect(await quota.begin(infraEnv)).toBeUndefined();
    expect(await quota.begin({ ...infraEnv, revision: 2 })).toBeDefined();
    expect(await quota.begin(infraEnv)).toBeUndefined();
  });

  it('counts those of each user apart', async () => {
    const quota = quotaOf(1);
    for (const owner of [someone(), someone()]) expect(await quota.begin(another(owner))).toBeUndefined();
  });

  it('is any number where there is no quota', async () => {
    const owner = someone();
    expect(await quotaOf(0).begin(another(owner))).toBeUndefined();
    expect(await itemOf(owner)).toBeUndefined();
  });

  it('counts a composition once whose answer is lost, and refuses none for that', async () => {
    const owner = someone();
    const quota = quotaOf(2, answersLost(table.client));
    for (let index = 0; index < 2; index += 1) expect(await quota.begin(another(owner))).toBeUndefined();
    expect(await quota.begin(another(owner))).toBeDefined();
  });

  it('is exact for many that begin at once', async () => {
    const owner = someone();
    const quota = quotaOf(5);
    const answers = await Promise.all(Array.from({ length: 20 }, () => quota.begin(another(owner))));
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(5);
  });

  it('leaves nothing behind when the hour is over', async () => {
    const owner = someone();
    await quotaOf(1).begin(another(owner));
    expect(await itemOf(owner)).toMatchObject({ expiresAt: seconds(nextHour) });
  });

  it('can be as large as DynamoDB has room for in one item', () => {
    const name = `${anInfraEnv().id}-${Number.MAX_SAFE_INTEGER}`;
    expect(largestCompositionQuota * name.length).toBeLessThan(400 * 1024 - 4096);
  });
});
