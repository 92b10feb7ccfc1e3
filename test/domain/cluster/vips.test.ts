import { describe, expect, test } from 'vitest';
import { checkVipModes, checkVips } from '#domain/cluster/vips.ts';
import { refusalOf } from '../values/refusal.ts';

interface Given {
  readonly api?: readonly string[];
  readonly ingress?: readonly string[];
  readonly machine?: readonly string[];
  readonly userManaged?: boolean;
  readonly dhcp?: boolean;
  readonly loadBalancer?: 'cluster-managed' | 'user-managed';
  readonly version?: string;
}

const ips = (texts: readonly string[]) => texts.map((ip) => ({ ip }));

const refusal = (given: Given) =>
  refusalOf(() =>
    checkVips(
      {
        api_vips: ips(given.api ?? []),
        ingress_vips: ips(given.ingress ?? []),
        machine_networks: (given.machine ?? []).map((cidr) => ({ cidr })),
        user_managed_networking: given.userManaged ?? false,
        vip_dhcp_allocation: given.dhcp ?? false,
        load_balancer: given.loadBalancer ?? 'cluster-managed',
      },
      given.version ?? '4.20.3',
    ),
  );

const one = (reason: string) => `1 error occurred:\n\t* ${reason}\n\n`;

describe('VIPs that are accepted', () => {
  test.each<[string, Given]>([
    ['none', {}],
    ['one of each', { api: ['10.0.0.2'], ingress: ['10.0.0.3'] }],
    ['in the machine network', { api: ['10.0.0.2'], ingress: ['10.0.0.3'], machine: ['10.0.0.0/24'] }],
    [
      'of both families',
      { api: ['10.0.0.2', 'fd00::2'], ingress: ['10.0.0.3', 'fd00::3'], machine: ['10.0.0.0/24', 'fd00::/64'] },
    ],
    ['shared behind the own load balancer', { api: ['10.0.0.2'], ingress: ['10.0.0.2'], loadBalancer: 'user-managed' }],
    [
      'in any network behind the own load balancer',
      {
        api: ['10.0.1.2'],
        ingress: ['10.0.0.3'],
        machine: ['10.0.0.0/24', '10.0.1.0/24'],
        loadBalancer: 'user-managed',
      },
    ],
  ])('%s', (_, given) => {
    expect(refusal(given)).toBeUndefined();
  });
});

describe('VIPs that are refused', () => {
  test.each<[Given, string]>([
    [
      { api: ['10.0.0.1', '10.0.0.2', '10.0.0.3'], ingress: ['10.0.0.4', '10.0.0.5', '10.0.0.6'] },
      '2 errors occurred:\n\t* apiVIPs supports 2 vips. got: 3\n\t* ingressVips supports 2 vips. got: 3\n\n',
    ],
    [{ api: ['10.0.0.256'], ingress: ['10.0.0.2'] }, one('Could not parse VIP ip 10.0.0.256')],
    [{ api: ['10.0.0.1'], ingress: ['010.0.0.2'] }, one('Could not parse VIP ip 010.0.0.2')],
    [{ api: [''], ingress: ['10.0.0.2'] }, one('API VIP IP at index 0 cannot be empty')],
    [{ api: ['10.0.0.2'], ingress: [''] }, one('Ingress VIP IP at index 0 cannot be empty')],
    [
      { api: ['10.0.0.2'] },
      one('configuration must include the same number of apiVIPs (got 1) and ingressVIPs (got 0)'),
    ],
    [
      { api: ['10.0.0.2', '10.0.0.2'], ingress: ['10.0.0.3', '10.0.0.4'] },
      one('The IP address "10.0.0.2" appears multiple times in apiVIPs'),
    ],
    [
      { api: ['10.0.0.3', '10.0.0.4'], ingress: ['10.0.0.2', '10.0.0.2'] },
      one('The IP address "10.0.0.2" appears multiple times in ingressVIPs'),
    ],
    [
      { api: ['10.0.0.2'], ingress: ['10.0.0.2'] },
      one('The IP address "10.0.0.2" appears both in apiVIPs and ingressVIPs'),
    ],
    [
      { api: ['10.0.1.2'], ingress: ['10.0.0.3'], machine: ['10.0.0.0/24'] },
      one('api-vip <10.0.1.2> does not belong to machine-network-cidr <10.0.0.0/24>'),
    ],
    [
      { api: ['10.0.0.2'], ingress: ['10.0.1.3'], machine: ['10.0.0.0/24'] },
      one('ingress-vip <10.0.1.3> does not belong to machine-network-cidr <10.0.0.0/24>'),
    ],
    [
      { api: ['10.0.0.255'], ingress: ['10.0.0.3'], machine: ['10.0.0.0/24'] },
      one('api-vip <10.0.0.255> is the broadcast address of machine-network-cidr <10.0.0.0/24>'),
    ],
    [
      { api: ['10.0.0.2', 'fd00::2'], ingress: ['10.0.0.3', 'fd00::3'], machine: ['10.0.0.0/24'] },
      '2 errors occurred:\n\t* api-vip <fd00::2> cannot be set if Machine Network CIDR is empty\n' +
        '\t* ingress-vip <fd00::3> cannot be set if Machine Network CIDR is empty\n\n',
    ],
    [
      { api: ['10.1.0.2'], ingress: ['10.0.0.3'], machine: ['10.0.0.0/24'], loadBalancer: 'user-managed' },
      one(
        "api-vip '10.1.0.2' failed verification: none of the machine networks is satisfying the requirements, " +
          'description: machine network CIDR <10.0.0.0/24> verification failed: ' +
          'api-vip <10.1.0.2> does not belong to machine-network-cidr <10.0.0.0/24>',
      ),
    ],
    [
      { api: ['10.0.0.2', 'fd00::2'], ingress: ['10.0.0.3', 'fd00::3'], version: '4.11.9' },
      'dual-stack VIPs are not supported in OpenShift 4.11.9',
    ],
  ])('%j', (given, expected) => {
    expect(refusal(given)).toBe(expected);
  });
});

describe('ways of managing the network that rule out VIPs', () => {
  const modes = { api_vips: [], ingress_vips: [], user_managed_networking: false, vip_dhcp_allocation: false };
  const vips = ips(['10.0.0.2']);

  test.each([
    [{ user_managed_networking: true, api_vips: vips }, 'API VIPs cannot be set with User Managed Networking'],
    [{ user_managed_networking: true, ingress_vips: vips }, 'Ingress VIPs cannot be set with User Managed Networking'],
    [
      { user_managed_networking: true, vip_dhcp_allocation: true },
      'VIP DHCP Allocation cannot be set with User Managed Networking',
    ],
    [
      { vip_dhcp_allocation: true, api_vips: vips },
      'Setting API VIPs is forbidden when cluster is in vip-dhcp-allocation mode',
    ],
    [
      { vip_dhcp_allocation: true, ingress_vips: vips },
      'Setting Ingress VIPs is forbidden when cluster is in vip-dhcp-allocation mode',
    ],
    [{}, undefined],
    [{ user_managed_networking: true }, undefined],
    [{ vip_dhcp_allocation: true }, undefined],
    [{ api_vips: vips, ingress_vips: vips }, undefined],
  ])('%j', (given, expected) => {
    expect(refusalOf(() => checkVipModes({ ...modes, ...given }))).toBe(expected);
  });
});
