import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../values/refusal.ts';
import { type Given, registered, release } from './samples.ts';

/** One row per message: what of each rule reaches the caller, in the order of the checks. */
const refusals: readonly [Given, string | RegExp, string?][] = [
  [
    { machine_networks: [{ cidr: '10.0.0.0/24' }], service_networks: [{ cidr: 'fd02::/112' }] },
    /^Inconsistent IP family order: machine_networks first IP is 10\.0\.0\.0\/24 but service_networks/,
  ],
  [
    { high_availability_mode: 'None', control_plane_count: 3 },
    'single-node clusters must have a single control plane node',
  ],
  [{ control_plane_count: 4 }, /^there should be exactly 3 dedicated control plane nodes/, '4.17.0'],
  [{ control_plane_count: 6 }, /^there should be 2-5 dedicated .* version 4\.19 or newer$/],
  [{ api_vips: [{ ip: '10.0.0.2' }] }, /^1 error occurred:\n\t\* configuration must include the same number/],
  [
    {
      user_managed_networking: true,
      api_vips: [{ ip: '10.0.0.2' }],
      ingress_vips: [{ ip: '10.0.0.3' }],
    },
    'API VIPs cannot be set with User Managed Networking',
  ],
  [
    { platform: { type: 'none' }, api_vips: [{ ip: '10.0.0.2' }], ingress_vips: [{ ip: '10.0.0.3' }] },
    'API VIPs cannot be set with User Managed Networking',
  ],
  [
    { vip_dhcp_allocation: true, api_vips: [{ ip: '10.0.0.2' }], ingress_vips: [{ ip: '10.0.0.3' }] },
    'Setting API VIPs is forbidden when cluster is in vip-dhcp-allocation mode',
  ],
  [{ machine_networks: [{}] }, 'Machine Network CIDR cannot be empty (index 0)'],
  [
    { machine_networks: [{ cidr: '10.0.0.0/24' }, { cidr: '10.1.0.0/24' }] },
    'Single-stack cluster cannot contain multiple Machine Networks',
  ],
  [
    { cluster_networks: [{ cidr: '10.128.0.0/14' }, { cidr: 'fd01::/48' }] },
    'Dual-stack cluster cannot be created with empty Machine Networks',
  ],
  [{ http_proxy: 'https://x.io' }, /^Failed to validate HTTP Proxy: The URL scheme must be http and/],
  [{ disk_encryption: { mode: 'tang' } }, "Setting Tang mode but tang_servers isn't set"],
  [
    { control_plane_count: 1, vip_dhcp_allocation: true },
    'VIP DHCP Allocation cannot be enabled on single node OpenShift',
  ],
  [{ ignition_endpoint: { url: 'x' } }, "The URL scheme must be http(s) and specified in the URL: 'x'"],
  [{ additional_ntp_source: 'a.io, b.io' }, 'Invalid NTP source:  b.io'],
  [
    { additional_ntp_source: 'a.io', ntp_sources: 'b.io' },
    'ntp_sources and additional_ntp_source are mutually exclusive',
  ],
  [{ tags: 'a-b' }, /^Invalid format for Tags: a-b\. /],
  [
    { platform: { type: 'baremetal' }, user_managed_networking: true },
    "Can't set baremetal platform with user-managed-networking enabled",
  ],
  [{ cpu_architecture: 'arm64' }, 'Requested CPU architecture arm64 is not available'],
  [{ olm_operators: [{ name: 'x' }] }, "operator x isn't supported"],
  [{ operator_bundles: [{ id: 'x' }] }, "bundle 'x' is not supported"],
  [{ network_type: 'OpenShiftSDN' }, 'Openshift version 4.20.3 is not supported for OpenShiftSDN NetworkType'],
  [{ vip_dhcp_allocation: true }, /^cannot use VIP Automatic Allocation because it's not compatible/],
  [
    { olm_operators: [{ name: 'odf' }, { name: 'lvm' }] },
    "cannot use OpenShift Data Foundation because it's not compatible with Logical Volume Management",
  ],
  [{ pull_secret: 'x' }, 'pull secret for new cluster is invalid: pull secret must be a well-formed JSON'],
  [{ name: 'Ocp' }, /^Cluster name format is not valid: 'Ocp'\. /],
  [{ base_dns_domain: '-' }, /^DNS format mismatch: - domain name is not valid\. /],
  [{ ssh_public_key: 'x' }, /^SSH key: x does not match any supported type/],
];

describe('registrations that are refused', () => {
  test.each(refusals)('%j: %s', (given, expected, version = '4.20.3') => {
    const refusal = refusalOf(() => registered(given, release(version)));
    if (typeof expected === 'string') expect(refusal).toBe(expected);
    else expect(refusal).toMatch(expected);
  });

  test('on mainframes: networking that the service would manage', () => {
    const from = release('4.20.3', ['s390x']);
    const ask = (given: Given) => refusalOf(() => registered({ cpu_architecture: 's390x', ...given }, from));
    expect(ask({ user_managed_networking: false })).toBe("Can't disable User Managed Networking on s390x architecture");
    expect(ask({ platform: { type: 'vsphere' } })).toBe("Can't set vsphere platform on s390x architecture");
    expect(ask({})).toBeUndefined();
  });

  test('an architecture on a version that does not know it', () => {
    expect(refusalOf(() => registered({ user_managed_networking: true }, release('4.9.1', ['arm64'])))).toBe(
      "cannot use arm64 architecture because it's not compatible on version 4.9.1 of OpenShift",
    );
  });

  test('of several faults the first in the order of the checks is told', () => {
    const inOrder: readonly Given[] = [
      { control_plane_count: 6 },
      { api_vips: [{ ip: '10.0.0.2' }] },
      { machine_networks: [{}] },
      { http_proxy: 'x' },
      { disk_encryption: { mode: 'tang' } },
      { ignition_endpoint: { url: 'x' } },
      { ntp_sources: '-' },
      { tags: '-' },
      { platform: { type: 'external' } },
      { olm_operators: [{ name: 'x' }] },
      { network_type: 'OpenShiftSDN' },
      { pull_secret: 'x' },
      { name: '-' },
      { base_dns_domain: '-' },
      { ssh_public_key: 'x' },
    ];
    const alone = inOrder.map((fault) => refusalOf(() => registered(fault)));
    const withLaterOnes = inOrder.map((_, index) =>
      refusalOf(() => registered(Object.assign({}, ...inOrder.slice(index)))),
    );
    expect(withLaterOnes).toEqual(alone);
    expect(new Set(alone).size).toBe(inOrder.length);
  });
});

describe('properties', () => {
  const samples: readonly ((text: string) => Given)[] = [
    (name) => ({ name }),
    (base_dns_domain) => ({ base_dns_domain }),
    (http_proxy) => ({ http_proxy }),
    (https_proxy) => ({ https_proxy }),
    (no_proxy) => ({ no_proxy }),
    (additional_ntp_source) => ({ additional_ntp_source }),
    (ntp_sources) => ({ ntp_sources }),
    (tags) => ({ tags }),
    (url) => ({ ignition_endpoint: { url } }),
    (ca_certificate) => ({ ignition_endpoint: { ca_certificate } }),
    (platform_name) => ({ platform: { type: 'external', external: { platform_name } } }),
    (url) => ({ disk_encryption: { mode: 'tang', tang_servers: JSON.stringify([{ url, thumbprint: 'x' }]) } }),
    (thumbprint) => ({
      disk_encryption: { mode: 'tang', tang_servers: JSON.stringify([{ url: 'http://x.io', thumbprint }]) },
    }),
    (name) => ({ olm_operators: [{ name }] }),
    (id) => ({ operator_bundles: [{ id }] }),
  ];

  /** Texts that some field takes, with a piece put in somewhere that could end a line. */
  const hostile = fc
    .record({
      text: fc.constantFrom('a', 'example.com', 'http://x.io', 'http://x.io/a', 'a,b', '10.0.0.1', 'YWJj', 'odf', '*'),
      piece: fc.constantFrom('\n', '\r', '\r\n', '\0', '\u2028'),
      place: fc.nat(12),
    })
    .map(({ text, piece, place }) => text.slice(0, place) + piece + text.slice(place));

  test('no accepted text holds a line end or a NUL', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), hostile, (given, text) => {
        if (refusalOf(() => registered(given(text))) !== undefined) return;
        const { name, settings } = registered(given(text));
        expect(JSON.stringify({ name, settings })).not.toMatch(/\\[nr]|\\u0000|\u2028/);
      }),
      { numRuns: 3000 },
    );
  });
});
