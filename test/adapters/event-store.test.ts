import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventStore } from '#adapters/event-store.ts';
import { eventSeconds, newEvent } from '#domain/event.ts';
import { storedTable } from './stored-table.ts';

const { time, ...table } = await storedTable();
const events = eventStore(table);
const at = (second: number) => new Date(Date.parse('2026-03-01T12:00:00.000Z') + second * 1000);

describe('events', () => {
  it('are listed under each object that they name, oldest first', async () => {
    const [clusterId, infraEnvId] = [randomUUID(), randomUUID()];
    const last = newEvent('infra_env_registered', { id: randomUUID(), now: at(2), clusterId, infraEnvId });
    const first = newEvent('cluster_registration_succeeded', { id: randomUUID(), now: at(1), clusterId });
    await events.add(last);
    await events.add(first);
    expect(await events.ofCluster(clusterId)).toEqual([first, last]);
    expect(await events.ofInfraEnv(infraEnvId)).toEqual([last]);
  });

  it('of one id are one', async () => {
    const clusterId = randomUUID();
    const event = newEvent('cluster_deregistered', { id: randomUUID(), now: at(1), clusterId });
    await Promise.all([events.add(event), events.add(event)]);
    expect(await events.ofCluster(clusterId)).toEqual([event]);
  });

  it('are gone when they expire', async () => {
    const clusterId = randomUUID();
    await events.add(newEvent('cluster_deregistered', { id: randomUUID(), now: at(0), clusterId }));
    time.now = at(eventSeconds);
    expect(await events.ofCluster(clusterId)).toEqual([]);
  });
});
