import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monitorShards } from '#domain/cluster/monitoring-schedule.ts';
import { transitions } from '#domain/cluster/transitions.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { taskError } from '#emulators/step-functions/task-error.ts';
import { crash, runMachine, type Task, type Tasks } from './machines.ts';
import { storedWorld } from './stored.ts';

let world: Awaited<ReturnType<typeof storedWorld>>;
let started: (string | undefined)[];
let tasks: Tasks;

beforeAll(async () => {
  world = await storedWorld();
  tasks = world.tasks((name) => started.push(name));
  started = [];
});

afterAll(() => world.close());

const runFor = (infraEnv: InfraEnv, altered: Tasks = {}) =>
  runMachine('disconnected-transition', { ...tasks, ...altered }, world.inputFor(infraEnv));

const farAway = new Date('2999-01-01');
const monitoredIds = async (): Promise<string[]> =>
  (await Promise.all(monitorShards.map((shard) => world.monitored.due(shard, farAway)))).flat();

const transitionsOf = async (clusterId: string) =>
  (await world.events.ofCluster(clusterId)).filter(({ name }) => name === 'cluster_status_updated');

describe('an infra-env for an insufficient cluster', () => {
  test('makes it disconnected, takes it out of monitoring, and becomes visible with its full life', async () => {
    const cluster = await world.cluster();
    const infraEnv = await world.registration(cluster.id);
    expect(await monitoredIds()).toContain(cluster.id);
    expect(await world.infraEnvs.get(infraEnv.id)).toBeUndefined();

    const { outcome } = await runFor(infraEnv);

    expect(outcome.status).toBe('SUCCEEDED');
    const { to, statusInfo } = transitions.MarkAsDisconnected;
    expect(await world.clusters.get(cluster.id)).toMatchObject({ status: to, statusInfo, version: 2 });
    expect(await monitoredIds()).not.toContain(cluster.id);
    const visible = await world.infraEnvs.get(infraEnv.id);
    expect(visible).toEqual({ ...infraEnv, registration: 'registered', expiresAt: visible?.expiresAt });
    expect(visible?.expiresAt).toBeGreaterThan(infraEnv.expiresAt);
    expect(await world.secretExpiry(infraEnv)).toBe(visible?.expiresAt);
    expect((await world.infraEnvs.ofOwner(infraEnv.owner)).map(({ id }) => id)).toContain(infraEnv.id);
    expect(started).toContain(`${infraEnv.id}-1`);
  });

  test('leaves an event that reads like any other of the service', async () => {
    const cluster = await world.cluster();
    await runFor(await world.registration(cluster.id));
    const stored = await world.clusters.get(cluster.id);
    expect(await transitionsOf(cluster.id)).toEqual([
      {
        id: 'MarkAsDisconnected',
        name: 'cluster_status_updated',
        severity: 'info',
        message: 'Updated status of the cluster to disconnected',
        eventTime: stored?.statusUpdatedAt,
        clusterId: cluster.id,
        expiresAt: expect.any(Number),
      },
    ]);
  });

  test('run twice changes nothing more', async () => {
    const cluster = await world.cluster();
    const infraEnv = await world.registration(cluster.id);
    await runFor(infraEnv);
    const before = [await world.clusters.get(cluster.id), await world.rawInfraEnv(infraEnv)];
    const { outcome } = await runFor(infraEnv);
    expect(outcome.status).toBe('SUCCEEDED');
    expect([await world.clusters.get(cluster.id), await world.rawInfraEnv(infraEnv)]).toEqual(before);
    expect(await transitionsOf(cluster.id)).toHaveLength(1);
  });
});

test('50 concurrent registrations for one cluster all succeed, with one transition and one event', async () => {
  const cluster = await world.cluster();
  const registrations = await Promise.all(Array.from({ length: 50 }, () => world.registration(cluster.id)));
  const traces = await Promise.all(registrations.map((infraEnv) => runFor(infraEnv)));
  expect(traces.map(({ outcome }) => outcome.status)).toEqual(Array(50).fill('SUCCEEDED'));
  expect(traces.filter(({ calls }) => !calls.includes('ReadCluster'))).toHaveLength(1);
  expect(await world.clusters.get(cluster.id)).toMatchObject({ status: 'disconnected', version: 2 });
  expect(await transitionsOf(cluster.id)).toHaveLength(1);
  expect(await world.infraEnvs.ofCluster(cluster.id)).toHaveLength(50);
});

describe('a crash', () => {
  const before: (task: Task) => Task = () => crash;
  const after =
    (task: Task): Task =>
    async (parameters) => {
      await task(parameters);
      return crash();
    };

  const steps = [
    'MarkAsDisconnected',
    'RecordTransition',
    'KeepPullSecret',
    'CompleteRegistration',
    'StartPrepareMedia',
  ];
  const crashes = steps.flatMap((step) => [
    { moment: 'before', step, wrap: before, visible: step === 'StartPrepareMedia' },
    { moment: 'after', step, wrap: after, visible: ['CompleteRegistration', 'StartPrepareMedia'].includes(step) },
  ]);

  test.each(crashes)(
    '$moment $step leaves nothing half visible, and the retry completes',
    async ({ step, wrap, visible }) => {
      const cluster = await world.cluster();
      const infraEnv = await world.registration(cluster.id);
      const crashed = await runFor(infraEnv, { [step]: wrap(tasks[step] ?? crash) });
      expect(crashed.outcome.status).toBe('FAILED');
      expect((await world.infraEnvs.get(infraEnv.id)) !== undefined).toBe(visible);

      expect((await runFor(infraEnv)).outcome.status).toBe('SUCCEEDED');

      const completed = await world.infraEnvs.get(infraEnv.id);
      expect(completed).toMatchObject({ registration: 'registered' });
      expect(await world.secretExpiry(infraEnv)).toBeGreaterThanOrEqual(completed?.expiresAt ?? Infinity);
      expect(await world.clusters.get(cluster.id)).toMatchObject({ status: 'disconnected', version: 2 });
      expect(await transitionsOf(cluster.id)).toHaveLength(1);
      expect(started.filter((name) => name === `${infraEnv.id}-1`).length).toBeGreaterThan(0);
    },
  );

  test('between a write and its answer makes the write be repeated, and the registration succeeds', async () => {
    const cluster = await world.cluster();
    const infraEnv = await world.registration(cluster.id);
    let answers = 0;
    const answerLost: Task = async (parameters) => {
      const result = await tasks.MarkAsDisconnected?.(parameters);
      answers += 1;
      if (answers === 1) throw taskError('DynamoDB.SdkClientException', 'no answer');
      return result;
    };
    const { outcome, calls } = await runFor(infraEnv, { MarkAsDisconnected: answerLost });
    expect(outcome.status).toBe('SUCCEEDED');
    expect(calls.slice(0, 4)).toEqual(['MarkAsDisconnected', 'MarkAsDisconnected', 'ReadCluster', 'RecordTransition']);
    expect(await transitionsOf(cluster.id)).toHaveLength(1);
  });
});

describe('a cluster in another situation', () => {
  test('that was born unmonitored keeps its status and has no transition to record', async () => {
    const cluster = await world.cluster('DisconnectedCluster');
    const infraEnv = await world.registration(cluster.id);
    expect((await runFor(infraEnv)).outcome.status).toBe('SUCCEEDED');
    expect(await world.clusters.get(cluster.id)).toEqual(cluster);
    expect(await transitionsOf(cluster.id)).toEqual([]);
    expect(await world.infraEnvs.get(infraEnv.id)).toBeDefined();
  });

  test('that installs refuses, and nothing becomes visible', async () => {
    const cluster = await world.cluster('Cluster', { status: 'installing' });
    const infraEnv = await world.registration(cluster.id);
    expect((await runFor(infraEnv)).outcome).toMatchObject({ error: 'IllegalTransition' });
    expect(await world.clusters.get(cluster.id)).toEqual(cluster);
    expect(await world.infraEnvs.get(infraEnv.id)).toBeUndefined();
  });

  test('that was deleted before is gone', async () => {
    const cluster = await world.cluster();
    const infraEnv = await world.registration(cluster.id);
    await world.clusters.bury({ ...cluster, version: 2, deletedAt: new Date().toISOString() });
    expect((await runFor(infraEnv)).outcome).toMatchObject({ error: 'ClusterGone' });
    expect(await world.infraEnvs.get(infraEnv.id)).toBeUndefined();
  });

  test('that was deleted while the registration ran takes it along', async () => {
    const cluster = await world.cluster();
    const infraEnv = await world.registration(cluster.id);
    const deletedAt = new Date().toISOString();
    const deleting: Task = async (parameters) => {
      await world.infraEnvs.orphan(cluster.id, { deletedAt, expiresAt: infraEnv.expiresAt });
      return tasks.CompleteRegistration?.(parameters);
    };
    expect((await runFor(infraEnv, { CompleteRegistration: deleting })).outcome).toMatchObject({
      error: 'ClusterGone',
    });
    expect(await world.infraEnvs.get(infraEnv.id)).toBeUndefined();
  });

  test('never was', async () => {
    const infraEnv = await world.registration('0d1e9b0c-0000-4000-8000-000000000000');
    expect((await runFor(infraEnv)).outcome).toMatchObject({ error: 'ClusterGone' });
  });
});
