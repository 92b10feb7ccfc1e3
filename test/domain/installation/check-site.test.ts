import { describe, expect, it } from 'vitest';
import { defaultConfig } from '#domain/cluster/default-config.ts';
import { checkSite, siteFaults } from '#domain/installation/judgement/check-site.ts';
import { hostNetwork, routedNetwork } from '../infra-env/host-network.ts';
import { aSite, faultsOf, fieldsOf, type GivenSite, hosts, networks } from './sites.ts';

const withHost = (index: number, changes: object) =>
  hosts.map((host, at) => (at === index ? { ...host, ...changes } : host));

const object = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n';

/** The networks, where the last host has its address elsewhere. */
const withOutsider = (second?: string) => {
  const outsider = routedNetwork('198.51.100.14', '04');
  return [
    ...networks.slice(0, 4),
    second === undefined
      ? outsider
      : { ...outsider, network_yaml: outsider.network_yaml.replace(/]$/m, `, {name: ${second}, type: ethernet}]`) },
  ];
};

/** Addresses of IPv6 that only one host and card has, as far as the cluster cares. */
const unique = 'ipv6: {enabled: true, address: [{ip: "2001:db8::1", prefix-length: 64}]}';

const later = (capabilities: object): GivenSite => ({ version: '4.23.0', overrides: { capabilities } });

const defaultNetworks = defaultConfig();

const single: GivenSite = {
  cluster: {
    control_plane_count: 1,
    platform: { type: 'none' },
    user_managed_networking: true,
    api_vips: [],
    ingress_vips: [],
  },
  hosts: hosts.slice(0, 1),
  settings: { static_network_config: networks.slice(0, 1) },
  workerCount: 0,
};

describe('a site that installs', () => {
  it.each<[string, GivenSite]>([
    ['three control plane nodes and two workers', {}],
    ['a single node', single],
    [
      'three nodes that are all there is',
      { hosts: hosts.slice(0, 3), settings: { static_network_config: networks.slice(0, 3) }, workerCount: 0 },
    ],
    ['hosts without roles', { hosts: hosts.map(({ hostname }) => ({ hostname })) }],
    ['hosts that only their addresses name', { hosts: networks.map(() => ({})) }],
    [
      'a host whose network is still to be filled in, before others that are found by their places',
      {
        hosts: withHost(0, { mac_addresses: ['52:54:00:00:00:00'] }),
        settings: {
          static_network_config: [hostNetwork('0.0.0.0', '00'), ...networks.slice(1)],
          rendezvous_ip: '192.0.2.11',
        },
      },
    ],
    ['machine networks that the static networks give', { cluster: { machine_networks: [] } }],
    [
      'machine networks that nobody gives, which the site finds out',
      {
        cluster: { machine_networks: [], api_vips: [{ ip: '203.0.113.5' }], ingress_vips: [{ ip: '203.0.113.6' }] },
        hosts: hosts.map((host, index) => ({ ...host, mac_addresses: [`52:54:00:00:01:0${index}`] })),
        settings: { rendezvous_ip: '203.0.113.10' },
      },
    ],
    [
      'the bundle virtualization of 4.21',
      { version: '4.21.0', cluster: { olm_operators: [], operator_bundles: [{ id: 'virtualization' }] } },
    ],
    ...Object.entries({
      'behind a byte order mark, with line ends of Windows': `\uFEFF---\r\n${object}---\r\n${object}`,
      'with mark and line ends of its own in each document': `# a\n---\n\uFEFF${object}...\n---\n`,
      'whose name the cluster completes': object.replace('name', 'generateName'),
      'of a kind that the service does not know': 'apiVersion: example.com/v1\nkind: Secret\nmetadata: {name: a}\n',
      'of a machine config': `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: a, labels: {machineconfiguration.openshift.io/role: master}}
spec:
  config:
    ignition: {version: 3.4.0}
    storage:
      files:
      - {path: /etc/motd, mode: 0644, overwrite: yes, contents: {source: "data:,hello"}}
`,
      'of a machine config of an older version': `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: a}
spec: {config: {ignition: {version: 2.2.0}, networkd: {}}, kernelArguments: [nosmt]}
`,
      'in JSON with tabs': `{\n\t"apiVersion": "v1",\n\t"kind": "A",\n\t"metadata": {"name": "on"}\n}\n`,
    }).map(([what, text]): [string, GivenSite] => [
      `a manifest ${what}`,
      { manifests: [{ fileName: 'a.yaml', content: Buffer.from(text) }] },
    ]),
    [
      'overrides of each kind that the site takes',
      {
        overrides: {
          apiVersion: 'v1',
          fips: true,
          networking: {
            clusterNetwork: [{ cidr: '10.128.0.0/14', hostPrefix: 23 }],
            serviceNetwork: ['172.30.0.0/16'],
          },
          controlPlane: { replicas: 3, hyperthreading: 'Disabled' },
          compute: [{ name: 'worker', replicas: 2 }],
          platform: { baremetal: { provisioningNetwork: 'Disabled', hosts: [], apiVIPs: ['192.0.2.2'] }, none: null },
          proxy: { noProxy: '.example.com', httpProxy: 'http://192.0.2.250:3128' },
          imageDigestSources: [{ source: 'quay.io/a', mirrors: ['registry.example.com/a'] }],
          cpuPartitioningMode: 'AllNodes',
          capabilities: { baselineCapabilitySet: 'vCurrent', additionalEnabledCapabilities: ['Console', 'baremetal'] },
          additionalTrustBundlePolicy: 'Always',
          featureSet: null,
        },
      },
    ],
    [
      'overrides that give the cluster other networks',
      {
        overrides: {
          networking: {
            networkType: 'OVNKubernetes',
            clusterNetwork: [{ cidr: '10.0.0.0/14', hostPrefix: 23 }],
            machineNetwork: [{ cidr: '192.0.2.0/24' }],
            serviceNetwork: [],
          },
        },
      },
    ],
    [
      'few capabilities',
      {
        overrides: {
          capabilities: {
            baselineCapabilitySet: 'None',
            additionalEnabledCapabilities: ['baremetal', 'MachineAPI', 'Ingress'],
          },
        },
      },
    ],
    ['a base domain that ends alike', { cluster: { base_dns_domain: 'mycluster.local' } }],
    ['a proxy in the network of the machines', { cluster: { http_proxy: 'http://192.0.2.250:3128' } }],
    [
      'a host with two addresses on one card, and cards that share a network of a family that the cluster has not',
      {
        settings: {
          static_network_config: networks.map(({ network_yaml, mac_interface_map }, index) => ({
            network_yaml: network_yaml.replace(
              /]}}]$/m,
              `, {ip: 192.0.2.2${index}, prefix-length: 24}]}, ${unique}}, {name: eth1, type: ethernet, ${unique}}]`,
            ),
            mac_interface_map,
          })),
          rendezvous_ip: '192.0.2.10',
        },
      },
    ],
    ['capabilities of a release that nobody here knows', later({ additionalEnabledCapabilities: ['Foo'] })],
    [
      'a host outside the machine networks that gets a further address by DHCP',
      { settings: { static_network_config: withOutsider('eth1, ipv4: {enabled: true, dhcp: true}') } },
    ],
    [
      'a host outside the machine networks with a card of which its network says nothing',
      {
        settings: { static_network_config: withOutsider(), rendezvous_ip: '192.0.2.10' },
        hosts: withHost(4, { mac_addresses: ['52:54:00:00:00:99', '52:54:00:00:00:04'] }),
      },
    ],
    [
      'a host in another network than its fellows behind a load balancer of the user',
      {
        cluster: {
          load_balancer: { type: 'user-managed' },
          machine_networks: [{ cidr: '192.0.2.0/24' }, { cidr: '198.51.100.0/24' }],
        },
        settings: { static_network_config: withOutsider(), rendezvous_ip: '192.0.2.10' },
      },
    ],
    [
      'feature gates of the user beside those of the release',
      { version: '4.22.1', overrides: { featureSet: 'CustomNoUpgrade', featureGates: ['Other=true'] } },
    ],
  ])('has no faults: %s', (_, given) => {
    expect(faultsOf(given)).toEqual([]);
  });
});

describe('what keeps a cluster from being installed is refused with the field that it is about', () => {
  it.each<[string, GivenSite, string]>([
    [
      'a host with addresses outside the machine networks alone',
      { settings: { static_network_config: withOutsider(), rendezvous_ip: '192.0.2.10' } },
      'hosts[4]',
    ],
    [
      'a host with addresses outside the networks of the VIPs, where nobody gives machine networks',
      {
        cluster: { machine_networks: [] },
        settings: { static_network_config: withOutsider(), rendezvous_ip: '192.0.2.10' },
      },
      'hosts[4]',
    ],
    [
      'a host with an address of one family where the machine networks are of two',
      {
        cluster: {
          machine_networks: [{ cidr: '192.0.2.0/24' }, { cidr: '2001:db8::/64' }],
          cluster_networks: [...defaultNetworks.cluster_networks_dualstack],
          service_networks: [...defaultNetworks.service_networks_dualstack],
        },
      },
      'hosts[0]',
    ],
    [
      'a host with two cards in one network',
      {
        settings: {
          static_network_config: networks.map(({ network_yaml, mac_interface_map }) => ({
            network_yaml: network_yaml.replace(
              /]$/m,
              ', {name: eth1, type: ethernet, ipv4: {enabled: true, address: [{ip: 192.0.2.77, prefix-length: 25}]}}]',
            ),
            mac_interface_map,
          })),
        },
      },
      'hosts[3]',
    ],
    ['no base domain', { cluster: { base_dns_domain: '' } }, 'base_dns_domain'],
    ['a base domain of one label', { cluster: { base_dns_domain: 'example' } }, 'base_dns_domain'],
    ...['cluster.local', 'edge.cluster.local'].map((domain): [string, GivenSite, string] => [
      `a base domain of ${domain}`,
      { cluster: { base_dns_domain: domain } },
      'base_dns_domain',
    ]),
    ['no VIPs', { cluster: { api_vips: [], ingress_vips: [] } }, 'api_vips'],
    ['a VIP that is the rendezvous address', { cluster: { api_vips: [{ ip: '192.0.2.10' }] } }, 'api_vips'],
    ['a VIP that is the address of a worker', { cluster: { ingress_vips: [{ ip: '192.0.2.14' }] } }, 'ingress_vips'],
    ['a VIP that is the address of a network', { cluster: { api_vips: [{ ip: '192.0.2.0' }] } }, 'api_vips'],
    [
      'a VIP that is a broadcast address where nobody gives machine networks',
      { cluster: { machine_networks: [], ingress_vips: [{ ip: '192.0.2.255' }] } },
      'ingress_vips',
    ],
    [
      'a VIP that is the gateway of the hosts',
      {
        cluster: { api_vips: [{ ip: '192.0.2.1' }] },
      },
      'api_vips',
    ],
    [
      'VIPs outside the networks of the hosts',
      { cluster: { machine_networks: [], api_vips: [{ ip: '203.0.113.2' }], ingress_vips: [{ ip: '203.0.113.3' }] } },
      'api_vips',
    ],
    [
      'a cluster network over the machine network',
      { cluster: { cluster_networks: [{ cidr: '192.0.0.0/16', host_prefix: 23 }] } },
      'cluster_networks',
    ],
    [
      'a service network over the machine network',
      { cluster: { service_networks: [{ cidr: '192.0.2.0/24' }] } },
      'service_networks',
    ],
    [
      'a service network over the cluster network',
      { cluster: { service_networks: [{ cidr: '10.128.0.0/16' }] } },
      'cluster_networks',
    ],
    [
      'a network of OVNKubernetes itself',
      { cluster: { service_networks: [{ cidr: '100.64.0.0/16' }] } },
      'service_networks',
    ],
    [
      'IPv6 addresses of machines with IPv4 networks of the cluster',
      {
        cluster: { machine_networks: [], api_vips: [{ ip: '2001:db8::2' }], ingress_vips: [{ ip: '2001:db8::3' }] },
        hosts: hosts.map((host, index) => ({ ...host, mac_addresses: [`52:54:00:00:01:0${index}`] })),
        settings: { rendezvous_ip: '2001:db8::10' },
      },
      'cluster_networks',
    ],
    [
      'host prefix 33',
      { cluster: { cluster_networks: [{ cidr: '10.128.0.0/14', host_prefix: 33 }] } },
      'cluster_networks',
    ],
    [
      'host prefix 26',
      { cluster: { cluster_networks: [{ cidr: '10.128.0.0/14', host_prefix: 26 }] } },
      'cluster_networks',
    ],
    [
      'a cluster network with room for one node',
      { cluster: { cluster_networks: [{ cidr: '10.128.0.0/24', host_prefix: 23 }] } },
      'cluster_networks',
    ],
    [
      'bits behind the prefix',
      { cluster: { cluster_networks: [{ cidr: '10.128.0.1/14', host_prefix: 23 }] } },
      'cluster_networks',
    ],
    [
      'a host prefix that is wider than the network, on a single node',
      { ...single, cluster: { ...single.cluster, cluster_networks: [{ cidr: '10.128.0.0/14', host_prefix: 12 }] } },
      'cluster_networks',
    ],
    [
      'host prefixes that differ',
      {
        cluster: {
          cluster_networks: [
            { cidr: '10.128.0.0/14', host_prefix: 23 },
            { cidr: '10.160.0.0/14', host_prefix: 24 },
          ],
        },
      },
      'cluster_networks',
    ],
    [
      'another host prefix of IPv6 than 64',
      {
        cluster: {
          machine_networks: [{ cidr: '192.0.2.0/24' }, { cidr: '2001:db8::/64' }],
          cluster_networks: [...defaultNetworks.cluster_networks_ipv4, { cidr: 'fd01::/48', host_prefix: 72 }],
          service_networks: defaultNetworks.service_networks_dualstack,
        },
      },
      'cluster_networks',
    ],
    [
      'services of too many addresses',
      { cluster: { service_networks: [{ cidr: '172.0.0.0/11' }] } },
      'service_networks',
    ],
    [
      'two networks of services',
      { cluster: { service_networks: [{ cidr: '172.30.0.0/16' }, { cidr: '172.31.0.0/16' }] } },
      'service_networks',
    ],
    [
      'IPv6 first on platform none',
      {
        ...single,
        cluster: {
          ...single.cluster,
          machine_networks: [{ cidr: '2001:db8::/64' }, { cidr: '192.0.2.0/24' }],
          cluster_networks: defaultNetworks.cluster_networks_dualstack.toReversed(),
          service_networks: defaultNetworks.service_networks_dualstack.toReversed(),
        },
      },
      'service_networks',
    ],
    [
      'two VIPs of one family',
      {
        cluster: {
          machine_networks: [],
          api_vips: [{ ip: '192.0.2.2' }, { ip: '192.0.2.4' }],
          ingress_vips: [{ ip: '192.0.2.3' }, { ip: '192.0.2.5' }],
        },
      },
      'ingress_vips',
    ],
    ['a proxy within the cluster', { cluster: { http_proxy: 'http://user:password@10.128.1.25:3128' } }, 'http_proxy'],
    ['a proxy among the services', { cluster: { https_proxy: 'https://172.30.1.25:3128' } }, 'https_proxy'],
    ['network type Calico', { cluster: { network_type: 'Calico' } }, 'network_type'],
    ['an operator that the ISO does not carry', { cluster: { olm_operators: [{ name: 'metallb' }] } }, 'olm_operators'],
    [
      'an operator that needs one that the ISO does not carry',
      { cluster: { olm_operators: [{ name: 'self-node-remediation' }] } },
      'olm_operators',
    ],
    [
      'properties that are not JSON',
      { cluster: { olm_operators: [{ name: 'nmstate', properties: '{' }] } },
      'olm_operators',
    ],
    [
      'a bundle that brings what the ISO does not carry',
      { cluster: { operator_bundles: [{ id: 'virtualization' }] } },
      'operator_bundles',
    ],
    ['an ignition endpoint', { cluster: { ignition_endpoint: { url: 'https://example.com/' } } }, 'ignition_endpoint'],
    ['platform vsphere', { cluster: { platform: { type: 'vsphere' } } }, 'platform'],
    [
      'two control plane nodes without arbiter',
      { cluster: { control_plane_count: 2 }, hosts: withHost(2, { role: 'worker' }), workerCount: 3 },
      'hosts',
    ],
    [
      'fewer hosts than nodes',
      { hosts: hosts.slice(0, 4), settings: { static_network_config: networks.slice(0, 4) } },
      'hosts',
    ],
    ['more hosts than nodes', { workerCount: 1 }, 'hosts'],
    ['workers that nobody has counted', { workerCount: undefined }, 'worker_count'],
    ['no hosts', { hosts: [], settings: { rendezvous_ip: '192.0.2.10' } }, 'hosts'],
    ['four of role master', { hosts: withHost(3, { role: 'master' }) }, 'hosts'],
    ['masters among hosts of role auto-assign', { hosts: withHost(4, { role: 'auto-assign' }) }, 'hosts'],
    ['a single node with a worker', { ...single, workerCount: 1 }, 'worker_count'],
    [
      'no rendezvous address',
      { hosts: hosts.map((host, index) => ({ ...host, mac_addresses: [`52:54:00:00:01:0${index}`] })), settings: {} },
      'rendezvous_ip',
    ],
    [
      'a rendezvous address that no host has',
      { settings: { static_network_config: networks, rendezvous_ip: '192.0.2.99' } },
      'rendezvous_ip',
    ],
    [
      'a worker as rendezvous host',
      { settings: { static_network_config: networks, rendezvous_ip: '192.0.2.14' } },
      'rendezvous_ip',
    ],
    [
      'a rendezvous address outside the machine networks',
      {
        settings: { rendezvous_ip: '203.0.113.1' },
        hosts: hosts.map((host, index) => ({ ...host, mac_addresses: [`52:54:00:00:01:0${index}`] })),
      },
      'rendezvous_ip',
    ],
    [
      'one MAC address in two spellings',
      {
        hosts: hosts.map((host, index) => ({
          ...host,
          mac_addresses: index === 1 ? ['52:54:00:00:AB:00'] : [`52:54:00:00:ab:0${index === 2 ? 0 : index}`],
        })),
        settings: { rendezvous_ip: '192.0.2.10' },
      },
      'hosts[2].mac_addresses',
    ],
    [
      'the MAC address of a group',
      {
        hosts: hosts.map((host, index) => ({
          ...host,
          mac_addresses: [index === 2 ? '01:00:5e:00:00:01' : `52:54:00:00:01:0${index}`],
        })),
        settings: { rendezvous_ip: '192.0.2.10' },
      },
      'hosts[2].mac_addresses',
    ],
    [
      'a host without MAC address',
      { settings: { static_network_config: networks.slice(0, 4) } },
      'hosts[4].mac_addresses',
    ],
    [
      'a static network that belongs to no host',
      {
        hosts: hosts.map((host, index) => ({ ...host, mac_addresses: [`52:54:00:00:01:0${index}`] })),
        settings: { static_network_config: networks },
      },
      'static_network_config[0]',
    ],
    ['two hosts of one name', { hosts: withHost(1, { hostname: 'node-0.edge.example.com' }) }, 'hosts[1].hostname'],
    ['a host name in capitals', { hosts: withHost(1, { hostname: 'Node-1' }) }, 'hosts[1].hostname'],
    [
      'a host name that no node can have',
      { hosts: withHost(1, { hostname: `${'a'.repeat(60)}.edge` }) },
      'hosts[1].hostname',
    ],
    [
      'a host name by which the site calls a host that has none',
      { hosts: withHost(1, { hostname: 'host-2' }).map((host, at) => (at === 2 ? { role: 'master' as const } : host)) },
      'hosts[1].hostname',
    ],
    ...defaultConfig().forbidden_hostnames.map((hostname): [string, GivenSite, string] => [
      `a host name of ${hostname}`,
      { hosts: withHost(1, { hostname }) },
      'hosts[1].hostname',
    ]),
    ['a host name of localhost', { hosts: withHost(1, { hostname: 'localhost.localdomain' }) }, 'hosts[1].hostname'],
    [
      'a disk without /dev/',
      { hosts: withHost(0, { root_device_hints: { deviceName: 'sda' } }) },
      'hosts[0].root_device_hints.deviceName',
    ],
    [
      'a SCSI address of three numbers',
      { hosts: withHost(0, { root_device_hints: { hctl: '0:0:0' } }) },
      'hosts[0].root_device_hints.hctl',
    ],
    [
      'a WWN with extension',
      { hosts: withHost(0, { root_device_hints: { wwn_with_extension: '0x1' } }) },
      'hosts[0].root_device_hints.wwnWithExtension',
    ],
  ])('%s', (_, given, field) => {
    expect(fieldsOf(given)).toContain(field);
  });

  it('with all reasons at once', () => {
    const site = aSite({ cluster: { base_dns_domain: '', olm_operators: [{ name: 'odf' }] } });
    expect(() => checkSite({ site, release: { version: '4.20.3' } })).toThrow(
      /errors occurred:\n\t\* base_dns_domain: it is missing.*\t\* olm_operators: /s,
    );
  });

  it('but not where an operator of the service says that the ISO carries more', () => {
    const site = aSite({ cluster: { olm_operators: [{ name: 'odf' }] } });
    expect(siteFaults({ site, release: { version: '4.20.3', operators: ['odf', 'lso'] } })).toEqual([]);
  });

  it('and not what the operator says instead of the table of feature gates', () => {
    const site = aSite({ version: '4.21.7', overrides: { featureSet: 'TechPreviewNoUpgrade' } });
    expect(siteFaults({ site, release: { version: '4.21.7', featureGates: [] } })).toEqual([]);
  });
});

describe('a site that a person completes', () => {
  it.each<[string, GivenSite]>([
    ['no base domain', { cluster: { base_dns_domain: '' } }],
    ['no VIPs', { cluster: { api_vips: [], ingress_vips: [] } }],
    ['no hosts', { hosts: [] }],
    ['fewer hosts than nodes', { hosts: hosts.slice(0, 5), workerCount: 7 }],
    ['platform vsphere', { cluster: { platform: { type: 'vsphere' } } }],
  ])('may lack: %s', (_, given) => {
    expect(faultsOf({ ...given, installation: 'prefilled' })).toEqual([]);
  });

  it('is still refused what nobody on site can mend', () => {
    const given: GivenSite = {
      installation: 'prefilled',
      cluster: { olm_operators: [{ name: 'metallb' }] },
      overrides: { featureSet: 'Foo' },
    };
    expect(fieldsOf(given)).toEqual(['olm_operators', 'install_config_overrides.featureSet']);
  });
});
