import { describe, expect, test } from 'vitest';
import { checkNetworkChanges } from '#domain/cluster/network-changes.ts';
import { refusalOf } from '../values/refusal.ts';

const cidrs = (...texts: readonly string[]) => texts.map((cidr) => ({ cidr }));

describe('changes of networks', () => {
  const settings = {
    machine_networks: [],
    service_networks: cidrs('172.30.0.0/16'),
    cluster_networks: [{ cidr: '10.128.0.0/14', host_prefix: 23 }],
    high_availability_mode: 'Full' as const,
    user_managed_networking: false,
    vip_dhcp_allocation: false,
    load_balancer: 'user-managed' as const,
  };
  const cluster = (cidr: string, host_prefix = 23) => ({ cluster_networks: [{ cidr, host_prefix }] });
  const machine = (...texts: readonly string[]) => ({ machine_networks: cidrs(...texts) });
  const size = (prefix: number, addresses: number) =>
    `Address mask size must be between 1 to ${prefix} and must include at least ${addresses} addresses`;
  const forbidden =
    'Setting the Machine Network CIDR is forbidden when the cluster is neither in VIP DHCP allocation mode nor using a ' +
    'user-managed load balancer';

  test.each([
    [machine('10.0.0.0/30'), undefined],
    [machine('10.0.0.0/31'), `Machine network CIDR '10.0.0.0/31': ${size(30, 4)}`],
    [{ ...machine('10.0.0.0/31'), high_availability_mode: 'None' as const }, undefined],
    [
      { ...machine('10.0.0.0/32'), high_availability_mode: 'None' as const },
      `Machine network CIDR '10.0.0.0/32': ${size(31, 2)}`,
    ],
    [
      { ...machine('10.0.0.0/29'), load_balancer: 'cluster-managed' as const, vip_dhcp_allocation: true },
      `Machine network CIDR '10.0.0.0/29': ${size(28, 16)}`,
    ],
    [machine('10.0.0.1/24'), "Machine network CIDR '10.0.0.1/24': 10.0.0.1/24 is not a valid network CIDR"],
    [
      machine('0.0.0.0/24'),
      "Machine network CIDR '0.0.0.0/24': The specified CIDR 0.0.0.0/24 is invalid because its resulting routing prefix " +
        'matches the unspecified address',
    ],
    [{ ...machine('10.0.0.0/24'), load_balancer: 'cluster-managed' as const }, forbidden],
    [{ ...machine(), load_balancer: 'cluster-managed' as const }, undefined],
    [
      { ...machine('10.0.0.0/24'), load_balancer: 'cluster-managed' as const, user_managed_networking: true },
      undefined,
    ],
    [
      machine('172.30.1.0/24'),
      'MachineNetworkCIDR and ServiceNetworkCIDR: CIDRS 172.30.1.0/24 and 172.30.0.0/16 overlap',
    ],
    [
      machine('10.129.0.0/24'),
      'MachineNetworkCIDR and ClusterNetworkCidr: CIDRS 10.129.0.0/24 and 10.128.0.0/14 overlap',
    ],
    [
      cluster('172.16.0.0/12'),
      'ServiceNetworkCidr and ClusterNetworkCidr: CIDRS 172.30.0.0/16 and 172.16.0.0/12 overlap',
    ],
    [cluster('10.0.0.0/26'), `Cluster network CIDR 10.0.0.0/26: ${size(25, 128)}`],
    [
      cluster('10.128.0.0/14', 26),
      'Cluster CIDR size: Host prefix, now 26, must be less than or equal to 25 to allow at least 128 addresses',
    ],
    [
      cluster('10.0.0.0/23'),
      'Cluster CIDR size: Cluster network CIDR prefix 23 does not contain enough addresses for 4 hosts each one with 23 ' +
        'prefix (512 addresses)',
    ],
    [{ ...cluster('10.0.0.0/23'), high_availability_mode: 'None' as const }, undefined],
    [{ service_networks: cidrs('172.31.0.0/26') }, `Service network CIDR 172.31.0.0/26: ${size(25, 128)}`],
    [{ service_networks: cidrs('fd02::/121'), ...cluster('fd01::/48', 64) }, undefined],
    [{ service_networks: cidrs('fd02::/122') }, `Service network CIDR fd02::/122: ${size(121, 128)}`],
  ])('%j', (given, expected) => {
    const changed = (['machine_networks', 'service_networks', 'cluster_networks'] as const).filter(
      (key) => key in given,
    );
    expect(refusalOf(() => checkNetworkChanges({ ...settings, ...given }, changed))).toBe(expected);
  });

  test('leave alone what does not change', () => {
    const wrong = { ...settings, ...machine('10.0.0.1/32'), service_networks: cidrs('10.128.0.0/14') };
    expect(refusalOf(() => checkNetworkChanges(wrong, []))).toBeUndefined();
  });
});
