import { describe, expect, test } from 'vitest';
import { clusterValidations, refreshed, type ValidationCategory } from '#domain/cluster/validations.ts';
import { type Given, later, registered, release } from './samples.ts';

const rowsOf = (given: Given, category: ValidationCategory, version = '4.20.3') =>
  Object.fromEntries(
    clusterValidations(registered(given, release(version)))[category].map(({ id, status, message }) => [
      id,
      [status, message],
    ]),
  );

describe('the validations of a new cluster', () => {
  test('about its configuration and its hosts', () => {
    expect(rowsOf({}, 'configuration')).toEqual({
      'platform-requirements-satisfied': ['success', 'Platform requirements satisfied'],
      'pull-secret-set': ['success', 'The pull secret is set.'],
    });
    expect(rowsOf({}, 'hosts-data')).toEqual({
      'all-hosts-are-ready-to-install': ['success', 'All hosts in the cluster are ready to install.'],
      'sufficient-masters-count': [
        'failure',
        'The cluster must have exactly 3 dedicated control plane nodes. Add or remove hosts, or change their roles ' +
          'configurations to meet the requirement.',
      ],
    });
  });

  test('about its network', () => {
    const unknown = 'At least one of the CIDRs (Machine Network, Cluster Network, Service Network) is undefined.';
    expect(rowsOf({}, 'network')).toEqual({
      'api-vips-defined': ['failure', 'API virtual IPs are undefined and must be provided.'],
      'api-vips-valid': ['pending', 'API virtual IPs are undefined.'],
      'ingress-vips-defined': ['failure', 'Ingress virtual IPs are undefined and must be provided.'],
      'ingress-vips-valid': ['pending', 'Ingress virtual IPs are undefined.'],
      'cluster-cidr-defined': ['success', 'The Cluster Network CIDR is defined.'],
      'service-cidr-defined': ['success', 'The Service Network CIDR is defined.'],
      'machine-cidr-defined': ['pending', 'Hosts have not been discovered yet'],
      'machine-cidr-equals-to-calculated-cidr': [
        'pending',
        'The Machine Network CIDR, API virtual IPs, or Ingress virtual IPs are undefined.',
      ],
      'custom-manifests-requirements-satisfied': ['success', 'No custom manifests are required'],
      'dns-domain-defined': ['failure', 'The base domain is undefined and must be provided.'],
      'network-prefix-valid': ['success', 'The Cluster Network prefix is valid.'],
      'network-type-valid': ['success', 'The cluster has a valid network type'],
      'networks-same-address-families': ['pending', unknown],
      'no-cidrs-overlapping': ['pending', unknown],
      'ntp-server-configured': ['success', 'No ntp problems found'],
    });
  });

  test('about its operators: one for each, all disabled', () => {
    const rows = rowsOf({}, 'operators');
    expect(Object.keys(rows)).toHaveLength(28);
    expect(rows['odf-requirements-satisfied']).toEqual(['success', 'odf is disabled']);
    expect(rows['numa-resources-requirements-satisfied']).toEqual(['success', 'numaresources is disabled']);
  });

  test('are sorted, by category and by id', () => {
    const validations = clusterValidations(registered());
    expect(Object.keys(validations)).toEqual(['configuration', 'hosts-data', 'network', 'operators']);
    for (const rows of Object.values(validations)) {
      const ids = rows.map(({ id }) => id);
      expect(ids).toEqual(ids.toSorted());
    }
  });
});

const vips = { api_vips: [{ ip: '10.0.0.2' }], ingress_vips: [{ ip: '10.0.0.3' }] };
const machine = { machine_networks: [{ cidr: '10.0.0.0/24' }] };
const notRequired = (kind: string) => ['success', `${kind} virtual IPs are not required: User Managed Networking`];

describe('validations that settings change', () => {
  test.each<[Given, string, readonly string[]]>([
    [{ base_dns_domain: 'x.io' }, 'dns-domain-defined', ['success', 'The base domain is defined.']],
    [vips, 'api-vips-defined', ['success', 'API virtual IPs are defined.']],
    [vips, 'ingress-vips-valid', ['pending', 'Hosts have not been discovered yet']],
    [vips, 'machine-cidr-equals-to-calculated-cidr', ['pending', 'Hosts have not been discovered yet']],
    [machine, 'machine-cidr-defined', ['success', 'The Machine Network CIDR is defined.']],
    [machine, 'no-cidrs-overlapping', ['success', 'No CIDRs are overlapping.']],
    [machine, 'networks-same-address-families', ['success', 'Same address families for all networks.']],
    [
      { machine_networks: [{ cidr: 'fd00::/64' }] },
      'networks-same-address-families',
      ['failure', 'Address families of networks (MachineNetworks, ServiceNetworks, ClusterNetworks) are not the same.'],
    ],
    [
      { machine_networks: [{ cidr: '10.128.0.0/24' }] },
      'no-cidrs-overlapping',
      [
        'failure',
        'CIDRS Overlapping: MachineNetworkCIDR and ClusterNetworkCidr: CIDRS 10.128.0.0/24 and 10.128.0.0/14 overlap.',
      ],
    ],
    [
      { ...machine, service_networks: [{ cidr: '172.30.0.0/16' }, { cidr: '172.31.0.0/16' }] },
      'no-cidrs-overlapping',
      ['error', 'A mismatch between the number of Cluster and Service networks'],
    ],
    [{ cluster_networks: [] }, 'cluster-cidr-defined', ['failure', 'The Cluster Network CIDR is undefined.']],
    [{ cluster_networks: [] }, 'network-prefix-valid', ['pending', 'The Cluster Network CIDR is undefined.']],
    [
      { cluster_networks: [{ cidr: '10.128.0.0/14', host_prefix: 27 }] },
      'network-prefix-valid',
      ['failure', 'Host prefix, now 27, must be less than or equal to 25 to allow at least 128 addresses'],
    ],
    [{ user_managed_networking: true }, 'api-vips-defined', notRequired('API')],
    [{ user_managed_networking: true }, 'ingress-vips-valid', notRequired('Ingress')],
    [
      { user_managed_networking: true },
      'machine-cidr-defined',
      ['success', 'No Machine Network CIDR needed: User Managed Networking'],
    ],
    [
      { user_managed_networking: true },
      'machine-cidr-equals-to-calculated-cidr',
      ['success', 'The Cluster Machine CIDR is not required: User Managed Networking'],
    ],
    [{ user_managed_networking: true }, 'no-cidrs-overlapping', ['success', 'No CIDRs are overlapping.']],
    [{ control_plane_count: 1 }, 'api-vips-valid', notRequired('API')],
    [{ control_plane_count: 1 }, 'machine-cidr-defined', ['pending', 'Hosts have not been discovered yet']],
  ])('%j: %s', (given, id, expected) => {
    expect(rowsOf(given, 'network')[id]).toEqual(expected);
  });

  test.each<[Given, string, readonly string[]]>([
    [{ vip_dhcp_allocation: true }, 'api-vips-defined', ['pending', 'The Machine Network CIDR is undefined']],
    [
      { vip_dhcp_allocation: true, ...machine },
      'ingress-vips-defined',
      [
        'failure',
        'Ingress virtual IPs are undefined; after the Machine Network CIDR has been defined, Ingress virtual IPs are ' +
          'received from a DHCP lease allocation task which may take up to 2 minutes.',
      ],
    ],
    [
      { vip_dhcp_allocation: true },
      'network-type-valid',
      ['failure', 'VIP DHCP allocation is not supported when the cluster is configured to use OVNKubernetes.'],
    ],
    [
      { network_type: 'OpenShiftSDN', machine_networks: [{ cidr: 'fd00::/64' }] },
      'network-type-valid',
      [
        'failure',
        'The cluster is configured with IPv6 which is not supported by OpenShiftSDN; use OVNKubernetes instead',
      ],
    ],
  ])('on 4.14: %j: %s', (given, id, expected) => {
    expect(rowsOf(given, 'network', '4.14.0')[id]).toEqual(expected);
  });

  test('the number of control plane nodes is in the text', () => {
    expect(rowsOf({ control_plane_count: 5 }, 'hosts-data')['sufficient-masters-count']?.[1]).toMatch(/exactly 5 /);
    expect(rowsOf({ control_plane_count: 1 }, 'hosts-data')['sufficient-masters-count']).toEqual([
      'failure',
      'Single-node clusters must have a single control plane node and no workers.',
    ]);
  });

  test('an operator that is used, or needed by one, waits for hosts', () => {
    const rows = rowsOf({ olm_operators: [{ name: 'odf' }] }, 'operators');
    expect(rows['odf-requirements-satisfied']).toEqual(['pending', 'Hosts have not been discovered yet']);
    expect(rows['lso-requirements-satisfied']).toEqual(['pending', 'Hosts have not been discovered yet']);
    expect(rows['cnv-requirements-satisfied']).toEqual(['success', 'cnv is disabled']);
  });

  test('a cluster without pull secret says so', () => {
    const [, pullSecretSet] = clusterValidations({ ...registered(), pullSecretSet: false }).configuration;
    expect(pullSecretSet).toEqual({ id: 'pull-secret-set', status: 'failure', message: 'The pull secret is not set.' });
  });
});

test('refreshing renews validations, time of the status and version, nothing else', () => {
  const cluster = registered();
  const { validationsInfo, ...bare } = cluster;
  expect(refreshed(bare, later)).toEqual({ ...cluster, version: 2, statusUpdatedAt: '2026-04-28T07:00:00.000Z' });
});
