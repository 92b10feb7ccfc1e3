import { describe, expect, test } from 'vitest';
import { checkCidrs, checkDualStack, checkPrimaryFamily } from '#domain/cluster/networks.ts';
import { refusalOf } from '../values/refusal.ts';

const cidrs = (...texts: readonly string[]) => texts.map((cidr) => ({ cidr }));
const none = { machine_networks: [], service_networks: [], cluster_networks: [], api_vips: [], ingress_vips: [] };
const [v4, other4, v6] = ['10.0.0.0/24', '10.1.0.0/24', 'fd00::/64'];

describe('the primary family', () => {
  test.each([
    [{}, undefined],
    [{ machine_networks: cidrs(v4), cluster_networks: cidrs(v4, v6) }, undefined],
    [{ machine_networks: cidrs(''), cluster_networks: cidrs(v6) }, undefined],
    [
      { machine_networks: cidrs(v4), api_vips: [{ ip: 'fd00::2' }] },
      'Inconsistent IP family order: machine_networks first IP is 10.0.0.0/24 but api_vips first IP is fd00::2. ' +
        'All networks must have the same IP family first',
    ],
    [
      { service_networks: cidrs(v6, v4), cluster_networks: cidrs(v4, v6) },
      'Inconsistent IP family order: service_networks first IP is fd00::/64 but cluster_networks first IP is ' +
        '10.0.0.0/24. All networks must have the same IP family first',
    ],
  ])('%j', (given, expected) => {
    expect(refusalOf(() => checkPrimaryFamily({ ...none, ...given }))).toBe(expected);
  });
});

describe('the CIDRs', () => {
  test.each([
    [{ machine_networks: cidrs(v4, '') }, 'Machine Network CIDR cannot be empty (index 1)'],
    [{ service_networks: cidrs('') }, 'Service Network CIDR cannot be empty (index 0)'],
    [{ cluster_networks: cidrs('') }, 'Cluster Network CIDR cannot be empty (index 0)'],
    [
      { cluster_networks: cidrs('300.0.0.0/8') },
      "Failed to parse CIDR '300.0.0.0/8': invalid CIDR address: 300.0.0.0/8",
    ],
    [{ machine_networks: cidrs(v4), service_networks: cidrs(v6) }, undefined],
  ])('%j', (given, expected) => {
    expect(refusalOf(() => checkCidrs({ ...none, ...given }))).toBe(expected);
  });
});

const clusterManaged = { vip_dhcp_allocation: false, load_balancer: 'cluster-managed' as const };

describe('dual stack', () => {
  const dual = { cluster_networks: cidrs(v4, v6), machine_networks: cidrs(v4, v6) };
  test.each([
    [{ machine_networks: cidrs(v4, other4) }, 'Single-stack cluster cannot contain multiple Machine Networks'],
    [{ ...dual, machine_networks: [] }, 'Dual-stack cluster cannot be created with empty Machine Networks'],
    [{ ...dual, machine_networks: cidrs(v4) }, 'Expected 2 machine networks, found 1'],
    [
      { ...dual, machine_networks: cidrs(v4, other4) },
      'dual-stack machine networks must include exactly one IPv6 subnet',
    ],
    [
      { ...dual, service_networks: cidrs(v6, 'fd01::/64') },
      'dual-stack service networks must include exactly one IPv4 subnet',
    ],
    [{ ...dual, cluster_networks: cidrs(v4, v6, other4) }, 'Expected 2 cluster networks, found 3'],
    [dual, undefined],
    [{ cluster_networks: cidrs(v6, v4), machine_networks: cidrs(v6, v4) }, undefined],
    [{ machine_networks: cidrs(v4) }, undefined],
    [{ ...dual, machine_networks: [], vip_dhcp_allocation: true }, undefined],
    [{ machine_networks: cidrs(v4, other4), load_balancer: 'user-managed' as const }, undefined],
  ])('%j', (given, expected) => {
    expect(refusalOf(() => checkDualStack({ ...none, ...clusterManaged, ...given }, '4.20.3'))).toBe(expected);
  });

  test.each([
    [
      { machine_networks: cidrs(v6, v4) },
      'First machine networks has to be IPv4 subnet (IPv6-primary dual-stack requires OpenShift 4.12+), got fd00::/64',
    ],
    [
      { machine_networks: cidrs(v4, v6), service_networks: cidrs(v4, other4) },
      'Second service networks has to be IPv6 subnet, got 10.1.0.0/24',
    ],
    [{ machine_networks: cidrs(v4, v6) }, undefined],
  ])('before OpenShift 4.12: %j', (given, expected) => {
    expect(refusalOf(() => checkDualStack({ ...none, ...clusterManaged, ...given }, '4.11.0'))).toBe(expected);
  });
});
