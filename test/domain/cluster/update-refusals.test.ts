import { describe, expect, test } from 'vitest';
import type { ClusterUpdateParams } from '#domain/cluster/cluster-settings.ts';
import { refusalOf } from '../values/refusal.ts';
import { type Given, id, patched, release } from './samples.ts';

const forbidden =
  'Setting the Machine Network CIDR is forbidden when the cluster is neither in VIP DHCP allocation mode nor using a ' +
  'user-managed load balancer';

const behindOwn = { load_balancer: { type: 'user-managed' as const }, machine_networks: [{ cidr: '10.0.0.0/24' }] };
const oneNode = 'single-node clusters must have a single control plane node';

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
    [
      {},
      { api_vips: [{ ip: '10.0.0.2' }], ingress_vips: [{ ip: '10.0.0.3' }] },
      /api-vip <10\.0\.0\.2> cannot be set if Machine Network CIDR is empty/,
    ],
    [
      { ...behindOwn, api_vips: [{ ip: '10.0.0.2' }], ingress_vips: [{ ip: '10.0.0.2' }] },
      { load_balancer: { type: 'cluster-managed' } },
      /The IP address "10\.0\.0\.2" appears both in apiVIPs and ingressVIPs/,
    ],
    [
      { ...behindOwn, machine_networks: [{ cidr: '10.0.0.0/24' }, { cidr: '10.1.0.0/24' }] },
      { load_balancer: { type: 'cluster-managed' } },
      'Single-stack cluster cannot contain multiple Machine Networks',
    ],
    [{}, { control_plane_count: 1 }, /^there should be 2-5 dedicated/],
    [{ control_plane_count: 1 }, { control_plane_count: 3 }, oneNode],
    [{ high_availability_mode: 'None' }, { control_plane_count: 3 }, oneNode],
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
