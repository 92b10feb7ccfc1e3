import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { clusterStore, monitoredClusterStore } from '#adapters/cluster-store.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { newCluster } from '#domain/cluster/cluster-registration.ts';
import { failure } from '#domain/errors.ts';
import { monitorClusters } from '#functions/cluster-monitor/refresh-clusters.ts';
import { storedTable } from '#test/adapters/stored-table.ts';
import { aCluster, aRelease } from '#test/fakes/records.ts';

const { time, ...table } = await storedTable();
const clusters = clusterStore(table);
const monitored = monitoredClusterStore(table);
const enoughTime = { remainingMs: () => 60_000 };
const monitor = monitorClusters({ clusters, monitored, clock: table.clock });

const start = Date.parse('2026-03-01T12:00:00.000Z');
const at = (seconds: number) => {
  time.now = new Date(start + seconds * 1000);
};

const secret = JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from('user:password').toString('base64') } } });

const register = async (changes: Partial<Cluster> = {}): Promise<Cluster> => {
  const registered = newCluster({
    params: { name: 'edge', openshift_version: '4.20', pull_secret: secret },
    release: aRelease('4.20.3'),
    owner: aCluster().owner,
    id: randomUUID(),
    now: time.now,
  });
  const cluster = { ...registered, ...changes };
  await clusters.add(cluster);
  return cluster;
};

beforeEach(() => at(0));

describe('the cluster monitor', () => {
  it('refreshes a cluster once it is due, and its status never', async () => {
    const { id, statusUpdatedAt, expiresAt } = await register({ validationsInfo: '{"stale":[]}' });
    at(59);
    await monitor(enoughTime);
    expect((await clusters.get(id))?.statusUpdatedAt).toBe(statusUpdatedAt);
    at(60);
    expect((await monitor(enoughTime)).refreshed).toBeGreaterThanOrEqual(1);
    const refreshed = await clusters.get(id);
    expect(refreshed).toMatchObject({
      status: 'insufficient',
      version: 2,
      statusUpdatedAt: time.now.toISOString(),
      expiresAt,
    });
    expect(refreshed?.validationsInfo).toContain('sufficient-masters-count');
    await monitor(enoughTime);
    expect((await clusters.get(id))?.version).toBe(2);
    at(120);
    await monitor(enoughTime);
    expect((await clusters.get(id))?.version).toBe(3);
  });

  it.each(['disconnected', 'unmonitored'] as const)('leaves a cluster that is %s alone', async (status) => {
    const cluster = await register({ status });
    at(3_600);
    await monitor(enoughTime);
    expect(await clusters.get(cluster.id)).toEqual(cluster);
  });

  it('run twice at once refreshes each cluster once', async () => {
    const { id } = await register();
    at(60);
    await Promise.all([monitor(enoughTime), monitor(enoughTime)]);
    expect((await clusters.get(id))?.version).toBe(2);
  });

  it('does not take back a cluster that was marked as disconnected in between', async () => {
    const { id } = await register();
    at(60);
    const saveRefreshed = () => Promise.reject(failure('StaleVersion', { id }));
    const meanwhile = monitorClusters({ clusters, monitored: { ...monitored, saveRefreshed }, clock: table.clock });
    expect(await meanwhile(enoughTime)).toMatchObject({ refreshed: 0 });
  });

  it('leaves to the next run what it has no time for', async () => {
    await register();
    at(60);
    const report = await monitor({ remainingMs: () => 1_000 });
    expect(report.refreshed).toBe(0);
    expect(report.postponed).toBeGreaterThanOrEqual(1);
  });
});
