import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterIdleSeconds } from '#domain/cluster/cluster.ts';
import { type ClusterUpdateParams, clusterSettings } from '#domain/cluster/settings.ts';
import { updatedCluster } from '#domain/cluster/update.ts';
import { refusalOf } from '../rules/refusal.ts';
import { type Given, id, later, patched, registered, release, sshKey } from './samples.ts';

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
    [
      'to a single node',
      {},
      { control_plane_count: 1, user_managed_networking: true },
      { high_availability_mode: 'None', platform: { type: 'none' } },
    ],
    [
      'to several nodes',
      { control_plane_count: 1 },
      { control_plane_count: 3 },
      { high_availability_mode: 'Full', platform: { type: 'none' } },
    ],
    ['of the platform alone', {}, { platform: { type: 'none' } }, { user_managed_networking: true }],
    ['of who manages the network alone', {}, { user_managed_networking: true }, { platform: { type: 'none' } }],
    [
      'of VIPs',
      {},
      {
        api_vips: [{ ip: 'FD00::2' }],
        ingress_vips: [{ ip: 'fd00:0::3' }],
        cluster_networks: [{ cidr: 'fd01::/48' }],
        service_networks: [{ cidr: 'fd02::/112' }],
      },
      { api_vips: [{ ip: 'fd00::2' }], ingress_vips: [{ ip: 'fd00::3' }] },
    ],
    [
      'back to networking by the cluster, with VIPs',
      { user_managed_networking: true },
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

const forbidden =
  'Setting the Machine Network CIDR is forbidden when the cluster is neither in VIP DHCP allocation mode nor using a ' +
  'user-managed load balancer';

describe('changes that are refused', () => {
  test.each<[Given, ClusterUpdateParams, string | RegExp, string?]>([
    [{}, { api_vip_dns_name: 'api.x.io' }, `Can't update api vip to api.x.io for day1 cluster ${id}`],
    [{}, { machine_networks: [{ cidr: '10.0.0.0/24' }] }, forbidden],
    [{}, { machine_network_cidr: '10.0.0.0/24' }, forbidden],
    [
      {},
      { cluster_networks: [{ cidr: '10.0.0.1/14' }] },
      /^Cluster network CIDR 10\.0\.0\.1\/14: .* not a valid network CIDR$/,
    ],
    [
      {},
      { service_networks: [{ cidr: '10.128.0.0/16' }] },
      'ServiceNetworkCidr and ClusterNetworkCidr: CIDRS 10.128.0.0/16 and 10.128.0.0/14 overlap',
    ],
    [
      {},
      { service_networks: [{ cidr: 'fd02::/112' }] },
      /^Inconsistent IP family order: service_networks first IP is fd02::\/112 but cluster_networks/,
    ],
    [{}, { api_vips: [{ ip: '10.0.0.2' }] }, /^1 error occurred:\n\t\* configuration must include the same number/],
    [
      { machine_networks: [{ cidr: '10.0.0.0/24' }] },
      { api_vips: [{ ip: '10.1.0.2' }], ingress_vips: [{ ip: '10.0.0.3' }] },
      /api-vip <10\.1\.0\.2> does not belong to machine-network-cidr/,
    ],
    [
      { api_vips: [{ ip: '10.0.0.2' }], ingress_vips: [{ ip: '10.0.0.3' }] },
      { user_managed_networking: true },
      'API VIPs cannot be set with User Managed Networking',
    ],
    [{}, { control_plane_count: 1 }, "Can't set baremetal platform on single node OpenShift"],
    [
      { control_plane_count: 1 },
      { user_managed_networking: false },
      "Can't disable user-managed-networking on single node OpenShift",
    ],
    [{}, { control_plane_count: 6 }, /^there should be 2-5 dedicated/],
    [
      { disk_encryption: { mode: 'tang', tang_servers: '[{"url":"http://x.io","thumbprint":"y"}]' } },
      { disk_encryption: { tang_servers: '' } },
      "Setting Tang mode but tang_servers isn't set",
    ],
    [{}, { olm_operators: [{ name: 'x' }] }, "operator x isn't supported"],
    [{}, { tags: '-' }, /^Invalid format for Tags/],
    [{}, { no_proxy: 'a,a' }, 'duplicate no_proxy entry defined: a'],
    [{}, { base_dns_domain: '-' }, /^DNS format mismatch/],
    [{}, { ssh_public_key: 'x' }, /^SSH key: x does not match/],
    [
      { base_dns_domain: `${'a.'.repeat(90)}aaa`, name: 'cc' },
      { name: 'ccc' },
      'Combination of cluster name and base DNS domain too long',
    ],
  ])('%j: %j', (given, changes, expected, version = '4.20.3') => {
    const refusal = refusalOf(() => patched(given, changes, release(version)));
    if (typeof expected === 'string') expect(refusal).toBe(expected);
    else expect(refusal).toMatch(expected);
  });
});

describe('properties', () => {
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
  const networks = (...texts: readonly string[]) => fc.subarray(texts.map((cidr) => ({ cidr })));

  /** Fields of both calls, sensible and senseless ones. */
  const settings: fc.Arbitrary<ClusterUpdateParams> = fc.record(
    {
      name: fc.constantFrom('a', 'a.b', 'a-b'),
      base_dns_domain: maybe(fc.constantFrom('', 'example.com', 'x', 'lab')),
      cluster_networks: maybe(networks('10.128.0.0/14', 'fd01::/48')),
      service_networks: maybe(networks('172.30.0.0/16', 'fd02::/112')),
      machine_networks: maybe(networks('10.0.0.0/24', '10.0.0.7/29', 'fd00::/64')),
      api_vips: maybe(fc.subarray([{ ip: '10.0.0.2' }, { ip: 'FD00::2' }])),
      ingress_vips: maybe(fc.subarray([{ ip: '10.0.0.3' }, { ip: 'fd00::0003' }])),
      user_managed_networking: maybe(fc.boolean()),
      control_plane_count: maybe(fc.integer({ min: 0, max: 6 })),
      platform: maybe(
        fc.constantFrom(
          { type: 'baremetal' as const, external: {} },
          { type: 'none' as const },
          { type: 'vsphere' as const },
          { type: 'external' as const, external: { platform_name: 'oci' } },
        ),
      ),
      load_balancer: maybe(fc.constantFrom({ type: 'user-managed' as const }, { type: 'cluster-managed' as const })),
      network_type: maybe(fc.constantFrom('OVNKubernetes' as const, 'Cilium' as const)),
      disk_encryption: maybe(fc.constantFrom({}, { enable_on: 'all' as const }, { mode: 'tpmv2' as const })),
      http_proxy: maybe(fc.constantFrom('', 'http://x.io')),
      tags: maybe(fc.constantFrom('', 'a,b', 'two words')),
      additional_ntp_source: maybe(fc.constantFrom('', '10.0.0.1')),
      olm_operators: maybe(fc.subarray([{ name: 'ocs' }, { name: 'cnv' }, { name: 'mtv', properties: '{}' }])),
      operator_bundles: maybe(fc.subarray([{ id: 'virtualization' }])),
      ignition_endpoint: maybe(fc.constantFrom({}, { url: 'https://x.io' })),
      ssh_public_key: maybe(fc.constantFrom('', sshKey, `${sshKey}\n${sshKey}`)),
    },
    { requiredKeys: [] },
  );

  /** What a registration takes of the settings; `null` cannot stand for the name there. */
  const creation = ({ name, pull_secret, ...given }: ClusterUpdateParams): Given => ({
    ...given,
    ...(name ? { name } : {}),
  });

  test('registering and then changing to the same values is the identity on settings', () => {
    let accepted = 0;
    fc.assert(
      fc.property(settings, (given) => {
        if (refusalOf(() => registered(creation(given))) !== undefined) return;
        accepted += 1;
        const before = registered(creation(given));
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
      fc.property(settings, (given) => {
        if (refusalOf(() => registered(creation(given))) !== undefined) return;
        const before = registered(creation(given));
        expect(updatedCluster({ cluster: before, params: {}, now: later }).cluster.settings).toEqual(before.settings);
      }),
      { numRuns: 1500 },
    );
  });

  test('every change is either refused as invalid or gives settings that hold', () => {
    fc.assert(
      fc.property(settings, settings, (given, changes) => {
        if (refusalOf(() => patched(creation(given), changes)) !== undefined) return;
        const { cluster } = patched(creation(given), changes);
        expect(clusterSettings.strict().parse(cluster.settings)).toEqual(cluster.settings);
        expect(updatedCluster({ cluster, params: {}, now: later }).cluster.settings).toEqual(cluster.settings);
      }),
      { numRuns: 1500 },
    );
  });
});
