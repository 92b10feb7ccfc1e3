import { describe, expect, test } from 'vitest';
import { clusterFeatureUsage } from '#domain/cluster/feature-usage.ts';
import { type Given, registered, release } from './samples.ts';

const usage = (given: Given, from = release()): Record<string, unknown> =>
  JSON.parse(clusterFeatureUsage(registered(given, from)));

describe('feature_usage', () => {
  test('of a new cluster is the text that clients know', () => {
    expect(clusterFeatureUsage(registered())).toBe(
      '{"Hyperthreading":{"data":{"hyperthreading_enabled":"all"},"id":"HYPERTHREADING","name":"Hyperthreading"},' +
        '"OVN network type":{"id":"OVN_NETWORK_TYPE","name":"OVN network type"}}',
    );
  });

  test.each<[Given, string, object]>([
    [{ control_plane_count: 1 }, 'SNO', { id: 'SNO' }],
    [{ additional_ntp_source: 'a.io,b.io' }, 'Additional NTP Source', { data: { source_count: 2 } }],
    [{ http_proxy: 'http://x.io', no_proxy: 'y.io' }, 'Proxy', { data: { http_proxy: 1, no_proxy: 1 } }],
    [{ tags: 'a' }, 'Cluster Tags', { id: 'CLUSTER_TAGS' }],
    [{ disk_encryption: { enable_on: 'all' } }, 'Disk encryption', { data: { enable_on: 'all', mode: 'tpmv2' } }],
    [{ user_managed_networking: true }, 'User Managed Networking With Multi Node', {}],
    [{ platform: { type: 'vsphere' } }, 'Platform selection', { data: { platform_type: 'vsphere' } }],
    [{ schedulable_masters: true }, 'Schedulable masters', {}],
    [{ olm_operators: [{ name: 'odf' }] }, 'LSO', { id: 'LSO' }],
    [
      {
        machine_networks: [{ cidr: '10.0.0.0/24' }, { cidr: 'fd00::/64' }],
        api_vips: [{ ip: '10.0.0.2' }, { ip: 'fd00::2' }],
        ingress_vips: [{ ip: '10.0.0.3' }, { ip: 'fd00::3' }],
      },
      'Dual-stack VIPs',
      { id: 'DUAL-STACK_VIPS' },
    ],
  ])('%j uses %s', (given, name, expected) => {
    expect(usage(given)[name]).toMatchObject({ name, ...expected });
    expect(usage({})).not.toHaveProperty(name);
  });

  test('names the architecture', () => {
    expect(usage({}, release('4.20.3', ['arm64']))).toHaveProperty('arm64 architecture');
  });

  test('says nothing of hyperthreading where there is none', () => {
    expect(usage({ hyperthreading: 'none' })).not.toHaveProperty('Hyperthreading');
  });

  test('holds no credentials of a proxy', () => {
    const cluster = registered({ http_proxy: 'http://user:secret@x.io' });
    expect(clusterFeatureUsage(cluster)).not.toContain('secret');
  });
});
