import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { clusterStore } from '#adapters/cluster-store.ts';
import { eventStore } from '#adapters/event-store.ts';
import { uiSettingsStore } from '#adapters/ui-settings-store.ts';
import { aCluster } from '#test/fakes/records.ts';
import { storedTable } from './stored-table.ts';

const { time: _, ...table } = await storedTable();
const clusters = clusterStore(table);
const uiSettings = uiSettingsStore(table);

const end = 4_000_000_000;

const endOf = async (id: string): Promise<number | undefined> => {
  const key = { pk: `cluster#${id}`, sk: 'ui-settings' };
  return (await table.client.send(new GetCommand({ TableName: table.tableName, Key: key }))).Item?.expiresAt;
};

/** A stored cluster with UI settings that end with it. */
const withSettings = async () => {
  const cluster = aCluster({
    id: randomUUID(),
    owner: { ...aCluster().owner, userName: randomUUID() },
    expiresAt: end,
  });
  await clusters.add(cluster);
  await uiSettings.put({ clusterId: cluster.id, text: 'first', expiresAt: end });
  return cluster;
};

describe('UI settings', () => {
  it('are read as they were put last, also an empty text, and gone once removed', async () => {
    const { id: clusterId } = await withSettings();
    expect(await uiSettings.get(clusterId)).toBe('first');
    await uiSettings.put({ clusterId, text: '', expiresAt: end });
    expect(await uiSettings.get(clusterId)).toBe('');
    await uiSettings.remove(clusterId);
    expect(await uiSettings.get(clusterId)).toBeUndefined();
    await uiSettings.remove(clusterId);
  });

  it('are none of another cluster', async () => {
    await withSettings();
    expect(await uiSettings.get(randomUUID())).toBeUndefined();
  });

  it('are in no list and among no events', async () => {
    const { id, owner } = await withSettings();
    expect((await clusters.ofOwner(owner)).map((cluster) => cluster.id)).toEqual([id]);
    expect(await eventStore(table).ofCluster(id)).toEqual([]);
  });

  it('end later when their cluster is extended, and no earlier', async () => {
    const { id } = await withSettings();
    await clusters.extend(id, end + 50);
    expect(await endOf(id)).toBe(end + 50);
    await clusters.extend(id, end + 10);
    expect(await endOf(id)).toBe(end + 50);
  });

  it('end later when their cluster is saved with a later end', async () => {
    const cluster = await withSettings();
    await clusters.save({ ...cluster, version: cluster.version + 1, expiresAt: end + 70 });
    expect(await endOf(cluster.id)).toBe(end + 70);
  });

  it('are not brought back by an extension once they are gone', async () => {
    const { id } = await withSettings();
    await uiSettings.remove(id);
    await clusters.extend(id, end + 50);
    expect(await endOf(id)).toBeUndefined();
  });
});
