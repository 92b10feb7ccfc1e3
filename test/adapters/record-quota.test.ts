import { randomUUID } from 'node:crypto';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { clusterStore } from '#adapters/cluster-store.ts';
import { quotaKey } from '#adapters/dynamodb-table.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { recordQuota } from '#adapters/record-quota.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { answersLost } from './answers-lost.ts';
import { seconds, storedTable } from './stored-table.ts';

const { time, ...table } = await storedTable();
const infraEnvs = infraEnvStore(table);
const expired = { expiresAt: seconds('2026-03-01T11:59:59.000Z') };

const someone = (userName = randomUUID()) => ({ userName, orgId: '', emailDomain: 'Unknown' });
type Owner = ReturnType<typeof someone>;

const quotaOf = (limit: number, client = table.client) =>
  recordQuota({ ...table, client, limits: { cluster: limit, 'infra-env': limit } });

const store = async (owner: Owner, fields: object = {}) => {
  const infraEnv = anInfraEnv({ id: randomUUID(), owner, ...fields });
  await infraEnvs.add(infraEnv);
  return infraEnv.id;
};

/** As a registration does it. */
const register = async (owner: Owner, quota: ReturnType<typeof quotaOf>) => {
  await quota.take('infra-env', owner);
  return store(owner);
};

const times = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));

/** A client whose queries are counted. */
const counting = () => {
  const counted = { queries: 0 };
  const send = async (command: object) => {
    if (command instanceof QueryCommand) counted.queries += 1;
    return table.client.send<never, never>(command as never);
  };
  return Object.assign(counted, { client: Object.assign(Object.create(table.client), { send }) });
};

const reached = { name: 'QuotaReached', status: 403, retryable: false };

describe('how many infra-envs a user may have', () => {
  it.each([
    { limit: 3, has: 2, hasHad: 0, isTaken: true },
    { limit: 3, has: 3, hasHad: 0, isTaken: false },
    { limit: 3, has: 5, hasHad: 0, isTaken: false },
    { limit: 3, has: 2, hasHad: 4, isTaken: true },
    { limit: 0, has: 5, hasHad: 0, isTaken: true },
  ])('$limit, with $has and $hasHad that have expired: one more is taken, $isTaken', async (row) => {
    const owner = someone();
    await times(row.has, () => store(owner));
    await times(row.hasHad, () => store(owner, expired));
    const taken = quotaOf(row.limit).take('infra-env', owner);
    await (row.isTaken ? expect(taken).resolves.toBeUndefined() : expect(taken).rejects.toMatchObject(reached));
  });

  it('is said to whoever has reached it, with what to do', async () => {
    const owner = someone();
    const quota = quotaOf(2);
    await register(owner, quota);
    await register(owner, quota);
    await expect(register(owner, quota)).rejects.toThrow(
      'you have 2 infra-envs, and nobody may have more here: delete some of them, or ask an operator for a larger quota',
    );
  });

  it('counts neither those of others nor their clusters', async () => {
    const [owner, another] = [someone(), someone()];
    const quota = quotaOf(1);
    await register(owner, quota);
    await register(another, quota);
    await quota.take('cluster', owner);
    await clusterStore(table).add(aCluster({ id: randomUUID(), owner }));
    await expect(quota.take('cluster', owner)).rejects.toThrow('you have 1 clusters');
  });

  it('lets one in for each that is deleted', async () => {
    const owner = someone();
    const quota = quotaOf(2);
    for (let round = 0; round < 4; round += 1) {
      const ids = [await register(owner, quota), await register(owner, quota)];
      await expect(register(owner, quota)).rejects.toMatchObject(reached);
      for (const id of ids) await infraEnvs.remove(id);
    }
  });

  it('is larger or smaller from one call to the next, as an operator sets it', async () => {
    const owner = someone();
    await times(2, () => register(owner, quotaOf(5)));
    await expect(register(owner, quotaOf(1))).rejects.toMatchObject(reached);
    await expect(register(owner, quotaOf(3))).resolves.toBeDefined();
    await expect(register(owner, quotaOf(3))).rejects.toMatchObject(reached);
  });

  it('is found without a look at the infra-envs, but for the first one and at the limit', async () => {
    const owner = someone();
    const counted = counting();
    const quota = quotaOf(10, counted.client);
    for (let index = 0; index < 10; index += 1) await register(owner, quota);
    expect(counted.queries).toBe(1);
    await expect(register(owner, quota)).rejects.toMatchObject(reached);
    expect(counted.queries).toBe(2);
  });

  it('refuses nobody too early whose calls lose their answers', async () => {
    const owner = someone();
    const quota = quotaOf(5, answersLost(table.client));
    for (let index = 0; index < 5; index += 1) await register(owner, quota);
    await expect(register(owner, quota)).rejects.toMatchObject(reached);
  });

  it('takes all of many at once for which there is room, and counts each', async () => {
    const owner = someone();
    const quota = quotaOf(20);
    await times(20, () => register(owner, quota));
    await expect(register(owner, quota)).rejects.toMatchObject(reached);
  });

  it('is exceeded by no more than what is registered at once', async () => {
    const owner = someone();
    const quota = quotaOf(10);
    await times(8, () => register(owner, quota));
    const [atOnce, rounds] = [4, 3];
    for (let round = 0; round < rounds; round += 1) {
      await times(atOnce, () => register(owner, quota).catch(() => undefined));
    }
    expect((await infraEnvs.ofOwner(owner)).length).toBeGreaterThanOrEqual(10);
    expect((await infraEnvs.ofOwner(owner)).length).toBeLessThanOrEqual(10 + atOnce);
  });

  it('leaves a number that ends with the last infra-env that it can be about', async () => {
    const owner = someone();
    await quotaOf(2).take('infra-env', owner);
    const { Item: item } = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: quotaKey('infra-env', owner) }),
    );
    expect(item).toMatchObject({ count: 1, expiresAt: seconds(time.now.toISOString()) + 20 * 24 * 60 * 60 });
  });
});
