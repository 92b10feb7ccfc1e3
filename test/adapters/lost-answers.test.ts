import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { clusterStore } from '#adapters/cluster-store.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { answersLost } from './answers-lost.ts';
import { storedTable } from './stored-table.ts';

const { time: _, ...table } = await storedTable();
const losing = { ...table, client: answersLost(table.client) };

const later = <Stored extends { readonly version: number }>(stored: Stored): Stored => ({
  ...stored,
  version: stored.version + 1,
});

const storedCluster = async () => {
  const cluster = aCluster({ id: randomUUID() });
  await clusterStore(table).add(cluster);
  return cluster;
};

const storedInfraEnv = async () => {
  const infraEnv = anInfraEnv({ id: randomUUID() });
  await infraEnvStore(table).add(infraEnv);
  return infraEnv;
};

const deletedAt = '2026-03-01T12:00:00.000Z';

const writes: Readonly<Record<string, () => Promise<void>>> = {
  'a new cluster': () => clusterStore(losing).add(aCluster({ id: randomUUID() })),
  'a changed cluster': async () => clusterStore(losing).save(later(await storedCluster())),
  'a deleted cluster': async () => clusterStore(losing).bury({ ...later(await storedCluster()), deletedAt }),
  'a new infra-env': () => infraEnvStore(losing).add(anInfraEnv({ id: randomUUID() })),
  'a changed infra-env': async () => infraEnvStore(losing).save(later(await storedInfraEnv())),
};

describe('a write whose answer is lost', () => {
  it.each(Object.entries(writes))('is known for its own when it is tried again: %s', async (_name, write) => {
    await expect(write()).resolves.toBeUndefined();
  });

  it('is still refused where another writer was first', async () => {
    const infraEnv = await storedInfraEnv();
    await infraEnvStore(table).save({ ...later(infraEnv), revision: 2 });
    const late = infraEnvStore(losing).save({ ...later(infraEnv), revision: 3 });
    await expect(late).rejects.toThrow('was changed by another request');
  });
});
