import { describe, expect, test } from 'vitest';
import { clusterIdleSeconds } from '#domain/cluster/cluster.ts';
import { type ClusterUpdateParams, clusterSettings } from '#domain/cluster/cluster-settings.ts';
import { updatedCluster } from '#domain/cluster/cluster-update.ts';
import { refusalOf } from '../values/refusal.ts';
import { type Given, later, patched, registered, sshKey } from './samples.ts';

describe('a change of nothing', () => {
  const cluster = registered({ tags: 'a', http_proxy: 'http://x.io' });

  test.each([
    {},
    Object.fromEntries(
      Object.keys(clusterSettings.shape)
        .filter((key) => key !== 'high_availability_mode')
        .map((key) => [key, null]),
    ),
  ])('moves the times and counts the write: %j', (params) => {
    const updated = updatedCluster({ cluster, params, now: later });
    expect(updated).toEqual({
      cluster: {
        ...cluster,
        version: 2,
        updatedAt: '2026-04-28T07:00:00.000Z',
        expiresAt: Math.floor(later.getTime() / 1000) + clusterIdleSeconds,
      },
      proxyChanged: false,
    });
  });
});

describe('a change', () => {
  test.each<[string, Given, ClusterUpdateParams, object]>([
    ['of a text', { tags: 'a' }, { tags: 'b' }, { tags: 'b' }],
    ['adds what was not set', {}, { base_dns_domain: 'example.com' }, { base_dns_domain: 'example.com' }],
    ['of keys brings them into form', {}, { ssh_public_key: `${sshKey}\n` }, { ssh_public_key: sshKey }],
    [
      'of part of the disk encryption',
      { disk_encryption: { enable_on: 'all' } },
      { disk_encryption: { mode: 'tpmv2' } },
      { disk_encryption: { enable_on: 'all', mode: 'tpmv2' } },
    ],
    [
      'of the number of nodes',
      {},
      { control_plane_count: 4 },
      { control_plane_count: 4, high_availability_mode: 'Full' },
    ],
    ['of the platform alone', {}, { platform: { type: 'none' } }, { user_managed_networking: true }],
    ['of who manages the network alone', {}, { user_managed_networking: true }, { platform: { type: 'none' } }],
    [
      'of VIPs',
      {
        machine_networks: [{ cidr: 'fd00::/64' }],
        cluster_networks: [{ cidr: 'fd01::/48' }],
        service_networks: [{ cidr: 'fd02::/112' }],
      },
      { api_vips: [{ ip: 'FD00::2' }], ingress_vips: [{ ip: 'fd00:0::3' }] },
      { api_vips: [{ ip: 'fd00::2' }], ingress_vips: [{ ip: 'fd00::3' }] },
    ],
    [
      'back to networking by the cluster, with VIPs',
      { user_managed_networking: true, machine_networks: [{ cidr: '10.0.0.0/24' }] },
      { platform: { type: 'baremetal' }, api_vips: [{ ip: '10.0.0.2' }], ingress_vips: [{ ip: '10.0.0.3' }] },
      { user_managed_networking: false, api_vips: [{ ip: '10.0.0.2' }] },
    ],
    [
      'of the machine network in the older way',
      { load_balancer: { type: 'user-managed' } },
      { machine_network_cidr: '10.0.0.0/24' },
      { machine_networks: [{ cidr: '10.0.0.0/24' }] },
    ],
    [
      'that clears the machine network in the older way',
      { machine_networks: [{ cidr: '10.0.0.0/24' }] },
      { machine_network_cidr: '' },
      { machine_networks: [] },
    ],
    [
      'of part of an external platform',
      { platform: { type: 'external', external: { platform_name: 'oci' } } },
      { platform: { type: 'external', external: { cloud_controller_manager: 'External' } } },
      { platform: { type: 'external', external: { platform_name: 'oci', cloud_controller_manager: 'External' } } },
    ],
  ])('%s', (_, given, changes, expected) => {
    expect(patched(given, changes).cluster.settings).toMatchObject(expected);
  });

  test.each([
    'base_dns_domain',
    'ssh_public_key',
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'additional_ntp_source',
    'tags',
  ] as const)('to an empty %s clears it', (field) => {
    const given = {
      base_dns_domain: 'example.com',
      ssh_public_key: sshKey,
      http_proxy: 'http://x.io',
      https_proxy: 'http://x.io',
      no_proxy: 'x.io',
      additional_ntp_source: 'ntp.io',
      tags: 'a',
    };
    const { settings } = patched(given, { [field]: '' }).cluster;
    expect(settings).not.toHaveProperty(field);
    expect(Object.keys(settings)).toHaveLength(Object.keys(registered(given).settings).length - 1);
  });

  test('of the name is checked against the platform that comes with it', () => {
    expect(patched({}, { name: 'a.b', platform: { type: 'none' } }).cluster.name).toBe('a.b');
    expect(refusalOf(() => patched({}, { name: 'a.b' }))).toMatch(/^Cluster name format is not valid: 'a\.b'/);
    const dotted = { name: 'a.b', platform: { type: 'none' as const } };
    expect(refusalOf(() => patched(dotted, { platform: { type: 'baremetal' } }))).toMatch(/^Cluster name format/);
  });

  test('of the NTP sources from one kind to the other', () => {
    const { settings } = patched(
      { additional_ntp_source: 'a.io' },
      { additional_ntp_source: '', ntp_sources: 'b.io' },
    ).cluster;
    expect(settings.ntp_sources).toBe('b.io');
    expect(settings).not.toHaveProperty('additional_ntp_source');
    expect(refusalOf(() => patched({ additional_ntp_source: 'a.io' }, { ntp_sources: 'b.io' }))).toBe(
      'ntp_sources and additional_ntp_source are mutually exclusive',
    );
  });

  test('never touches the status', () => {
    const cluster = { ...registered(), status: 'ready' as const, statusInfo: 'x', statusUpdatedAt: 'y' };
    const { cluster: updated } = updatedCluster({ cluster, params: { tags: 'a' }, now: later });
    expect(updated).toMatchObject({ status: 'ready', statusInfo: 'x', statusUpdatedAt: 'y' });
  });

  test.each<[ClusterUpdateParams, boolean]>([
    [{ http_proxy: 'http://x.io' }, false],
    [{ http_proxy: 'http://y.io' }, true],
    [{ http_proxy: '' }, true],
    [{ no_proxy: 'x.io' }, true],
    [{ https_proxy: '' }, false],
    [{ tags: 'a' }, false],
  ])('%j changes the proxy: %s', (changes, expected) => {
    expect(patched({ http_proxy: 'http://x.io' }, changes).proxyChanged).toBe(expected);
  });

  test('of the pull secret is checked and forgotten; an empty one takes it away', () => {
    const without = patched({}, { pull_secret: '' }).cluster;
    expect(without.pullSecretSet).toBe(false);
    expect(without.validationsInfo).toContain('"id":"pull-secret-set","status":"failure"');
    const params = { pull_secret: '{"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}' };
    const again = updatedCluster({ cluster: without, params, now: later }).cluster;
    expect(again.pullSecretSet).toBe(true);
    expect(JSON.stringify(again)).not.toContain('dXNlcjpwYXNz');
    expect(refusalOf(() => patched({}, { pull_secret: 'x' }))).toBe('pull secret must be a well-formed JSON');
  });

  test('renews the validations', () => {
    expect(registered().validationsInfo).toContain('"dns-domain-defined","status":"failure"');
    expect(patched({}, { base_dns_domain: 'x.io' }).cluster.validationsInfo).toContain(
      '"dns-domain-defined","status":"success"',
    );
  });
});
