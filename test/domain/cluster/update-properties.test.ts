import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterAnswer, toClusterAnswer } from '#contract/cluster-answer.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { clusterSettings, clusterUpdateParams } from '#domain/cluster/cluster-settings.ts';
import { updatedCluster } from '#domain/cluster/cluster-update.ts';
import { defaultConfig } from '#domain/cluster/default-config.ts';
import { refusalOf } from '../values/refusal.ts';
import { anySettings, creation, registeredWith } from './any-settings.ts';
import { later, patched, registered } from './samples.ts';

/** Every field of a cluster's answer that a PATCH may name. */
const sentBack = (cluster: Cluster): Record<string, unknown> => {
  const answer = Object.entries(JSON.parse(JSON.stringify(clusterAnswer.parse(toClusterAnswer(cluster)))));
  return Object.fromEntries(answer.filter(([name]) => Object.hasOwn(clusterUpdateParams.shape, name)));
};

const usual = defaultConfig();
const isUsual = (networks: unknown, usualNetworks: unknown): boolean =>
  JSON.stringify(networks) === JSON.stringify(usualNetworks);

/** The settings of a cluster as a registration would ask for them, the usual networks left to the service. */
const askedAgain = ({ name, settings: { cluster_networks, service_networks, ...settings } }: Cluster) => ({
  name,
  ...settings,
  ...(isUsual(cluster_networks, usual.cluster_networks_ipv4) ? {} : { cluster_networks }),
  ...(isUsual(service_networks, usual.service_networks_ipv4) ? {} : { service_networks }),
});

describe('properties', () => {
  test('registering and then changing to the same values is the identity on settings', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anySettings, (given) => {
        const before = registeredWith(given);
        if (before === undefined) return;
        accepted += 1;
        const { cluster: after, proxyChanged } = updatedCluster({ cluster: before, params: given, now: later });
        expect(after.settings).toEqual(before.settings);
        expect(proxyChanged).toBe(false);
      }),
      { numRuns: 1500 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  test('a change of nothing is accepted by every registered cluster and leaves its settings', () => {
    fc.assert(
      fc.property(anySettings, (given) => {
        const before = registeredWith(given);
        if (before === undefined) return;
        expect(updatedCluster({ cluster: before, params: {}, now: later }).cluster.settings).toEqual(before.settings);
      }),
      { numRuns: 1500 },
    );
  });

  test('every change is either refused as invalid or gives settings that hold', () => {
    fc.assert(
      fc.property(anySettings, anySettings, (given, changes) => {
        if (refusalOf(() => patched(creation(given), changes)) !== undefined) return;
        const { cluster } = patched(creation(given), changes);
        expect(clusterSettings.strict().parse(cluster.settings)).toEqual(cluster.settings);
        expect(updatedCluster({ cluster, params: {}, now: later }).cluster.settings).toEqual(cluster.settings);
      }),
      { numRuns: 1500 },
    );
  });

  test('what is answered can be sent back, all of it and each field alone, and changes nothing', () => {
    fc.assert(
      fc.property(anySettings, anySettings, (given, changes) => {
        if (refusalOf(() => patched(creation(given), changes)) !== undefined) return;
        const { cluster } = patched(creation(given), changes);
        const answered = sentBack(cluster);
        for (const body of [answered, ...Object.entries(answered).map(([name, value]) => ({ [name]: value }))]) {
          const params = clusterUpdateParams.parse(body);
          expect(updatedCluster({ cluster, params, now: later }).cluster.settings).toEqual(cluster.settings);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('no change reaches what a registration refuses', () => {
    fc.assert(
      fc.property(anySettings, anySettings, (given, changes) => {
        if (refusalOf(() => patched(creation(given), changes)) !== undefined) return;
        const { cluster } = patched(creation(given), changes);
        expect(refusalOf(() => registered(askedAgain(cluster)))).toBeUndefined();
      }),
      { numRuns: 1500 },
    );
  });
});
