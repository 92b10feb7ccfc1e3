import { describe, expect, it } from 'vitest';
import {
  checkAcceptsDisconnected,
  checkUpdatable,
  clusterStatuses,
  initialStatus,
  isMonitored,
  transitions,
} from '#domain/cluster/transitions.ts';

const id = '5e2d4b1c-0f5a-4a3e-9c7b-1d2e3f4a5b6c';
const those = (accepts: (status: (typeof clusterStatuses)[number]) => void) =>
  clusterStatuses.filter((status) => {
    try {
      accepts(status);
      return true;
    } catch {
      return false;
    }
  });

describe('the status of a cluster', () => {
  it('changes in one way only', () => {
    expect(Object.entries(transitions).map(([name, { from, to }]) => [name, from, to])).toEqual([
      ['MarkAsDisconnected', 'insufficient', 'disconnected'],
    ]);
  });

  it('starts insufficient, or unmonitored for a DisconnectedCluster', () => {
    expect(initialStatus.Cluster.status).toBe('insufficient');
    expect(initialStatus.DisconnectedCluster.status).toBe('unmonitored');
  });

  it('lets a cluster take a disconnected-iso before its transition, after it, and where it needs none', () => {
    expect(those((status) => checkAcceptsDisconnected({ id, status }))).toEqual([
      'insufficient',
      'unmonitored',
      'disconnected',
    ]);
    expect(() => checkAcceptsDisconnected({ id, status: 'installed' })).toThrow(
      `Cluster ${id} is in installed state and cannot become disconnected`,
    );
  });

  it('lets a cluster be changed while it waits for input, or holds the configuration of a site', () => {
    expect(those((status) => checkUpdatable({ id, status }))).toEqual([
      'insufficient',
      'pending-for-input',
      'ready',
      'adding-hosts',
      'disconnected',
    ]);
    expect(() => checkUpdatable({ id, status: 'unmonitored' })).toThrow(
      `Cluster ${id} is in unmonitored state, cluster can be updated only in one of [insufficient ready pending-for-input adding-hosts]`,
    );
  });

  it('is monitored as long as it is insufficient', () => {
    expect(
      those((status) => {
        if (!isMonitored(status)) throw new Error(status);
      }),
    ).toEqual(['insufficient']);
  });
});
