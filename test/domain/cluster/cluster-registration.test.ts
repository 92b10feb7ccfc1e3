import { describe, expect, test } from 'vitest';
import { clusterIdleSeconds } from '#domain/cluster/cluster.ts';
import { newDisconnectedCluster } from '#domain/cluster/cluster-registration.ts';
import { clusterSettings } from '#domain/cluster/cluster-settings.ts';
import { refusalOf } from '../values/refusal.ts';
import { type Given, id, now, owner, registered, release, sshKey } from './samples.ts';

const iso = '2026-04-27T06:55:16.099Z';
const expiresAt = Math.floor(now.getTime() / 1000) + clusterIdleSeconds;

const defaults = {
  high_availability_mode: 'Full',
  control_plane_count: 3,
  cluster_networks: [{ cidr: '10.128.0.0/14', host_prefix: 23 }],
  service_networks: [{ cidr: '172.30.0.0/16' }],
  machine_networks: [],
  api_vips: [],
  ingress_vips: [],
  vip_dhcp_allocation: false,
  user_managed_networking: false,
  platform: { type: 'baremetal' },
  load_balancer: { type: 'cluster-managed' },
  network_type: 'OVNKubernetes',
  hyperthreading: 'all',
  schedulable_masters: false,
  disk_encryption: { enable_on: 'none', mode: 'tpmv2' },
  olm_operators: [],
  operator_bundles: [],
};

describe('a cluster of which only the required fields are given', () => {
  test('is insufficient, carries the exact version and every default', () => {
    const { validationsInfo, ...record } = registered();
    expect(record).toEqual({
      id,
      kind: 'Cluster',
      owner,
      version: 1,
      name: 'ocp',
      status: 'insufficient',
      statusInfo: 'Cluster is not ready for install',
      statusUpdatedAt: iso,
      openshiftVersion: '4.20.3',
      releaseImage: 'quay.io/openshift-release-dev/ocp-release:4.20.3',
      cpuArchitecture: 'x86_64',
      pullSecretSet: true,
      settings: defaults,
      createdAt: iso,
      updatedAt: iso,
      expiresAt,
    });
    expect(validationsInfo).toContain('"id":"sufficient-masters-count","status":"failure"');
  });

  test('is the same whether the others are absent or null', () => {
    const asNull = Object.fromEntries(Object.keys(clusterSettings.shape).map((key) => [key, null]));
    expect(registered(asNull)).toEqual(registered());
  });

  test('is the same whether texts are absent or empty', () => {
    const empty = {
      base_dns_domain: '',
      ssh_public_key: '',
      http_proxy: '',
      tags: '',
      ntp_sources: '',
      ocp_release_image: '',
      ignition_endpoint: { url: '', ca_certificate: '' },
    };
    expect(registered(empty)).toEqual(registered());
  });

  test('never holds its pull secret', () => {
    expect(JSON.stringify(registered())).not.toContain('dXNlcjpwYXNzd29yZA==');
  });
});

describe('what is asked for changes the defaults', () => {
  test.each<[string, Given, object]>([
    [
      'no high availability',
      { high_availability_mode: 'None' },
      { control_plane_count: 1, user_managed_networking: true, platform: { type: 'none' } },
    ],
    ['one node', { control_plane_count: 1 }, { high_availability_mode: 'None', platform: { type: 'none' } }],
    ['user managed networking', { user_managed_networking: true }, { platform: { type: 'none' } }],
    ['platform none', { platform: { type: 'none' } }, { user_managed_networking: true }],
    [
      'an IPv6 VIP in long form',
      { api_vips: [{ ip: 'FD00:0::02' }], ingress_vips: [{ ip: 'fd00::0003' }] },
      { api_vips: [{ ip: 'fd00::2' }], ingress_vips: [{ ip: 'fd00::3' }] },
    ],
    [
      'a network without host prefix',
      { cluster_networks: [{ cidr: 'fd01::/48' }] },
      { cluster_networks: [{ cidr: 'fd01::/48', host_prefix: 64 }] },
    ],
    [
      'part of the disk encryption',
      { disk_encryption: { enable_on: 'all' } },
      { disk_encryption: { enable_on: 'all', mode: 'tpmv2' } },
    ],
    ['a key with spaces around it', { ssh_public_key: ` ${sshKey}\n` }, { ssh_public_key: sshKey }],
    ['an operator by its alias', { olm_operators: [{ name: 'ocs' }] }, { olm_operators: [{ name: 'odf' }] }],
    [
      'a CA broken into lines',
      { ignition_endpoint: { url: 'https://x.io', ca_certificate: 'YWJj\nZGVm\n' } },
      { ignition_endpoint: { url: 'https://x.io', ca_certificate: 'YWJjZGVm' } },
    ],
    ['empty lists', { cluster_networks: [], service_networks: [] }, { cluster_networks: [], service_networks: [] }],
  ])('%s', (_, given, expected) => {
    expect(registered(given).settings).toMatchObject(expected);
  });

  test.each([
    ['4.11.0', {}, 'OpenShiftSDN'],
    ['4.11.0', { control_plane_count: 1 }, 'OVNKubernetes'],
    ['4.11.0', { machine_networks: [{ cidr: 'fd00::/64' }] }, 'OVNKubernetes'],
    ['4.12.0-rc.1', {}, 'OVNKubernetes'],
    ['4.11.0', { network_type: 'Calico' as const }, 'Calico'],
  ])('the network type on %s with %j', (version, given, expected) => {
    expect(registered(given, release(version)).settings.network_type).toBe(expected);
  });

  test.each([
    [['x86_64'] as const, null, 'x86_64'],
    [['arm64'] as const, 'aarch64' as const, 'arm64'],
    [['x86_64', 'arm64'] as const, 'x86_64' as const, 'multi'],
  ])('the architecture of a release for %j', (architectures, cpu_architecture, expected) => {
    expect(registered({ cpu_architecture }, release('4.20.3', architectures)).cpuArchitecture).toBe(expected);
  });

  test('the release image is the one of its release', () => {
    expect(registered().releaseImage).toBe(release().releaseImage);
  });

  test('what is stored has the stored shape and nothing that is undefined', () => {
    const { settings } = registered({ control_plane_count: 1, tags: 'a,b', platform: { type: 'none', external: {} } });
    expect(clusterSettings.strict().parse(settings)).toEqual(settings);
    expect(JSON.parse(JSON.stringify(settings))).toStrictEqual(settings);
  });
});

describe('a disconnected cluster', () => {
  const disconnected = (name: string) => newDisconnectedCluster({ name, release: release(), owner, id, now });

  test('is born unmonitored, with nothing but a name and a version', () => {
    expect(disconnected('disconnected-cluster')).toEqual({
      id,
      kind: 'DisconnectedCluster',
      owner,
      version: 1,
      name: 'disconnected-cluster',
      status: 'unmonitored',
      statusInfo: 'Cluster created for offline installation',
      statusUpdatedAt: iso,
      openshiftVersion: '4.20.3',
      releaseImage: 'quay.io/openshift-release-dev/ocp-release:4.20.3',
      pullSecretSet: false,
      settings: {
        cluster_networks: [],
        service_networks: [],
        machine_networks: [],
        api_vips: [],
        ingress_vips: [],
        olm_operators: [],
        operator_bundles: [],
      },
      createdAt: iso,
      updatedAt: iso,
      expiresAt,
    });
  });

  test.each(['a\nb', 'a\0', 'A', 'a.b', ''])('may not be called %j', (name) => {
    expect(refusalOf(() => disconnected(name))).toMatch(/^Cluster name format is not valid: /);
  });
});
