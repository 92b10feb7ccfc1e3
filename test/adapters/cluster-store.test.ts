import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { clusterStore, monitoredClusterStore } from '#adapters/cluster-store.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { monitorSeconds, shardOf } from '#domain/cluster/monitoring-schedule.ts';
import { aCluster } from '#test/fakes/records.ts';
import { seconds, storedTable } from './stored-table.ts';

const { time, ...table } = await storedTable();
const clusters = clusterStore(table);
const monitored = monitoredClusterStore(table);

const start = '2026-03-01T12:00:00.000Z';
const later = (by: number) => new Date(Date.parse(start) + by * 1000);

const insufficient = (changes: Partial<Cluster> = {}): Cluster =>
  aCluster({
    id: randomUUID(),
    version: 1,
    status: 'insufficient',
    createdAt: start,
    expiresAt: seconds(start) + 100,
    ...changes,
  });

const owner = (userName: string) => ({ userName, orgId: '', emailDomain: 'Unknown' });
const renamed = (cluster: Cluster, name: string): Cluster => ({ ...cluster, name, version: cluster.version + 1 });
const next = (cluster: Cluster, changes: Partial<Cluster>): Cluster => ({
  ...cluster,
  ...changes,
  version: cluster.version + 1,
});

beforeEach(() => {
  time.now = new Date(start);
});

describe('a stored cluster', () => {
  it('is read as it was written', async () => {
    const cluster = insufficient({ validationsInfo: '{}' });
    await clusters.add(cluster);
    expect(await clusters.get(cluster.id)).toEqual(cluster);
  });

  it('is not there before it was written', async () => {
    expect(await clusters.get(randomUUID())).toBeUndefined();
  });

  it('is never overwritten by another of its id', async () => {
    const cluster = insufficient();
    await clusters.add(cluster);
    await expect(clusters.add({ ...cluster, name: 'other' })).rejects.toThrow(/changed by another request/);
    expect((await clusters.get(cluster.id))?.name).toBe(cluster.name);
  });

  it('is gone from the moment at which it expires, whether or not the table has removed it', async () => {
    const cluster = insufficient();
    await clusters.add(cluster);
    time.now = later(99);
    expect(await clusters.get(cluster.id)).toBeDefined();
    time.now = later(100);
    expect(await clusters.get(cluster.id)).toBeUndefined();
    expect((await clusters.ofOwner(cluster.owner)).map(({ id }) => id)).not.toContain(cluster.id);
  });

  it('is listed for its owner alone, oldest first', async () => {
    const ann = owner(randomUUID());
    const second = insufficient({ owner: ann, createdAt: '2026-02-02T00:00:00.000Z' });
    const first = insufficient({ owner: ann, createdAt: '2026-02-01T00:00:00.000Z' });
    for (const cluster of [second, first, insufficient({ owner: owner(randomUUID()) })]) await clusters.add(cluster);
    expect(await clusters.ofOwner(ann)).toEqual([first, second]);
  });

  it('keeps the change of one of two concurrent writers and tells the other', async () => {
    const cluster = insufficient();
    await clusters.add(cluster);
    const writes = await Promise.allSettled(['a', 'b'].map((name) => clusters.save(renamed(cluster, name))));
    expect(writes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await clusters.get(cluster.id))?.version).toBe(2);
  });

  it('loses an attribute that a change has taken away', async () => {
    const { validationsInfo: _, ...bare } = insufficient({ validationsInfo: '{}' });
    await clusters.add({ ...bare, validationsInfo: '{}' });
    await clusters.save(next(bare, {}));
    expect(await clusters.get(bare.id)).toEqual(next(bare, {}));
  });

  it('keeps its status whatever a change says: that is for the state machine', async () => {
    const cluster = insufficient();
    await clusters.add(cluster);
    await clusters.save(next(cluster, { status: 'ready', statusInfo: 'invented' }));
    expect(await clusters.get(cluster.id)).toMatchObject({ status: 'insufficient', statusInfo: cluster.statusInfo });
  });

  it('lives longer once extended, and no shorter', async () => {
    const cluster = insufficient();
    await clusters.add(cluster);
    await clusters.extend(cluster.id, cluster.expiresAt + 50);
    await clusters.extend(cluster.id, cluster.expiresAt + 10);
    expect((await clusters.get(cluster.id))?.expiresAt).toBe(cluster.expiresAt + 50);
    await clusters.extend(randomUUID(), cluster.expiresAt);
  });
});

describe('a deleted cluster', () => {
  it('leaves a tombstone that no list shows and nothing changes any more', async () => {
    const cluster = insufficient({ owner: owner(randomUUID()) });
    await clusters.add(cluster);
    const tombstone = next(cluster, { deletedAt: start, updatedAt: start });
    await clusters.bury(tombstone);
    expect(await clusters.get(cluster.id)).toEqual(tombstone);
    expect(await clusters.ofOwner(cluster.owner)).toEqual([]);
    expect(await monitored.due(shardOf(cluster.id), later(1_000_000))).not.toContain(cluster.id);
    await expect(clusters.save(next(tombstone, {}))).rejects.toThrow(/changed by another/);
    await expect(clusters.bury(next(tombstone, {}))).rejects.toThrow(/changed by another/);
    await clusters.extend(cluster.id, cluster.expiresAt + 1000);
    expect(await clusters.get(cluster.id)).toEqual(tombstone);
  });
});

describe('the index of monitored clusters', () => {
  const due = (cluster: Cluster, after: number) => monitored.due(shardOf(cluster.id), later(after));

  it('names an insufficient cluster from the moment on when it is due', async () => {
    const cluster = insufficient();
    await clusters.add(cluster);
    expect(await due(cluster, monitorSeconds - 1)).not.toContain(cluster.id);
    expect(await due(cluster, monitorSeconds)).toContain(cluster.id);
  });

  it.each(['disconnected', 'unmonitored'] as const)('never names a cluster that is %s', async (status) => {
    const cluster = insufficient({ status });
    await clusters.add(cluster);
    expect(await due(cluster, 1_000_000)).not.toContain(cluster.id);
  });

  it('names a refreshed cluster again when it is due again', async () => {
    const cluster = insufficient();
    await clusters.add(cluster);
    await monitored.saveRefreshed(next(cluster, { statusUpdatedAt: start }), later(500));
    expect(await due(cluster, 499)).not.toContain(cluster.id);
    expect(await due(cluster, 500)).toContain(cluster.id);
  });

  it('does not take back a cluster that left it while it was being refreshed', async () => {
    const cluster = insufficient();
    await clusters.add(cluster);
    const leave = new UpdateCommand({
      TableName: table.tableName,
      Key: { pk: `cluster#${cluster.id}`, sk: 'cluster' },
      UpdateExpression: 'REMOVE monitorShard, monitorAt',
    });
    await table.client.send(leave);
    await expect(monitored.saveRefreshed(next(cluster, {}), later(500))).rejects.toThrow(/changed by another/);
    expect(await due(cluster, 1_000_000)).not.toContain(cluster.id);
  });
});
