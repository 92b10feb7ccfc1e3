import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { credentialKey, firstLook, pullSecretKey, watchedSecretStore } from '#adapters/secret-watch.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { sweepSecrets } from '#functions/cluster-monitor/sweep-secrets.ts';
import { storedTable } from '#test/adapters/stored-table.ts';
import { anInfraEnv } from '#test/fakes/records.ts';

const { time, ...table } = await storedTable();
const infraEnvs = infraEnvStore(table);
const sweep = sweepSecrets({ infraEnvs, watched: watchedSecretStore(table), clock: table.clock });
const enoughTime = { remainingMs: () => 60_000 };

const start = Date.parse('2026-03-01T12:00:00.000Z');
const hours = (count: number) => {
  time.now = new Date(start + count * 60 * 60 * 1000);
};

type Key = ReturnType<typeof credentialKey>;

const putSecret = (key: Key) =>
  table.client.send(new PutCommand({ TableName: table.tableName, Item: { ...key, ...firstLook(table.clock) } }));

const isThere = async (key: Key): Promise<boolean> =>
  (await table.client.send(new GetCommand({ TableName: table.tableName, Key: key }))).Item !== undefined;

const secretOf = ({ id, pullSecretId }: InfraEnv) => pullSecretKey(id, pullSecretId);

const registered = async (): Promise<InfraEnv> => {
  const infraEnv = anInfraEnv({ id: randomUUID(), pullSecretId: randomUUID() });
  await putSecret(secretOf(infraEnv));
  await putSecret(credentialKey(infraEnv.id));
  await infraEnvs.add(infraEnv);
  return infraEnv;
};

beforeEach(() => hours(0));

describe('the sweep of secrets', () => {
  it('leaves what an infra-env names, however often it looks', async () => {
    const infraEnv = await registered();
    for (const moment of [1, 25, 49]) {
      hours(moment);
      await sweep(enoughTime);
    }
    expect(await isThere(secretOf(infraEnv))).toBe(true);
    expect(await isThere(credentialKey(infraEnv.id))).toBe(true);
  });

  it('removes what a registration that died has left, after an hour', async () => {
    const secret = pullSecretKey(randomUUID(), randomUUID());
    await putSecret(secret);
    hours(0.99);
    await sweep(enoughTime);
    expect(await isThere(secret)).toBe(true);
    hours(1);
    expect(await sweep(enoughTime)).toBeGreaterThanOrEqual(1);
    expect(await isThere(secret)).toBe(false);
  });

  it('removes what a deletion that died has left, within a day', async () => {
    const infraEnv = await registered();
    hours(1);
    await sweep(enoughTime);
    await infraEnvs.remove(infraEnv.id);
    hours(25);
    await sweep(enoughTime);
    expect(await isThere(secretOf(infraEnv))).toBe(false);
    expect(await isThere(credentialKey(infraEnv.id))).toBe(false);
  });

  it('never removes the secret of a change that is under way, and the replaced one within a day', async () => {
    const before = await registered();
    hours(30);
    const after = { ...before, version: before.version + 1, pullSecretId: randomUUID() };
    await putSecret(secretOf(after));
    await sweep(enoughTime);
    await infraEnvs.save(after);
    hours(31);
    await sweep(enoughTime);
    expect(await isThere(secretOf(after))).toBe(true);
    hours(54);
    await sweep(enoughTime);
    expect(await isThere(secretOf(before))).toBe(false);
    expect(await isThere(secretOf(after))).toBe(true);
  });

  it('leaves to the next run what it has no time for', async () => {
    const secret = pullSecretKey(randomUUID(), randomUUID());
    await putSecret(secret);
    hours(1);
    await sweep({ remainingMs: () => 1_000 });
    expect(await isThere(secret)).toBe(true);
  });
});
