import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { configImageInputs } from '#domain/installation/config-image-inputs.ts';
import { releaseLine } from '#domain/installation/release-lines.ts';
import type { Site } from '#domain/installation/site.ts';

import { certificate } from '../values/certificate.ts';
import { aSite, type GivenSite, hosts, networks, pullSecret, someManifest } from './sites.ts';

const textsOf = (site: Site): Readonly<Record<string, string>> => {
  const { featureGates } = releaseLine({ version: site.cluster.openshiftVersion });
  const files = configImageInputs({ site, pullSecret, featureGates });
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
};

const readOnly = (text: string | undefined): unknown => {
  const documents = loadAll(text ?? '');
  expect(documents).toHaveLength(1);
  return documents[0];
};

const installConfig = (given: GivenSite = {}) => readOnly(textsOf(aSite(given))['install-config.yaml']);
const agentConfig = (given: GivenSite = {}) => readOnly(textsOf(aSite(given))['agent-config.yaml']);

describe('the inputs of config-image', () => {
  it('are readable by their owner alone', () => {
    const files = configImageInputs({ site: aSite(), pullSecret, featureGates: [] });
    expect(files.map(({ mode }) => mode)).toEqual([0o600, 0o600, 0o600]);
  });

  it('hold the settings of the cluster in the words of install-config.yaml', () => {
    expect(installConfig()).toEqual({
      apiVersion: 'v1',
      baseDomain: 'example.com',
      metadata: { name: 'ocp' },
      networking: {
        networkType: 'OVNKubernetes',
        clusterNetwork: [{ cidr: '10.128.0.0/14', hostPrefix: 23 }],
        machineNetwork: [{ cidr: '192.0.2.0/24' }],
        serviceNetwork: ['172.30.0.0/16'],
      },
      controlPlane: { name: 'master', replicas: 3, hyperthreading: 'Enabled', architecture: 'amd64' },
      compute: [{ name: 'worker', replicas: 2, hyperthreading: 'Enabled', architecture: 'amd64' }],
      platform: {
        baremetal: { provisioningNetwork: 'Disabled', apiVIPs: ['192.0.2.2'], ingressVIPs: ['192.0.2.3'] },
      },
      fips: false,
      sshKey: '',
      pullSecret,
    });
  });

  it.each<[string, GivenSite, object]>([
    [
      'its proxy, which goes past nothing but what the user names',
      { cluster: { http_proxy: 'http://proxy:3128', no_proxy: '.example.com' } },
      { proxy: { httpProxy: 'http://proxy:3128', noProxy: '.example.com' } },
    ],
    [
      'the gate of the release',
      { version: '4.21.0' },
      { featureSet: 'CustomNoUpgrade', featureGates: ['NoRegistryClusterInstall=true'] },
    ],
    [
      'gates of the user before it',
      { version: '4.22.0', overrides: { featureSet: 'CustomNoUpgrade', featureGates: ['Other=false'] } },
      { featureSet: 'CustomNoUpgrade', featureGates: ['Other=false', 'NoRegistryClusterInstall=true'] },
    ],
    [
      'overrides',
      { overrides: { fips: true, cpuPartitioningMode: 'AllNodes' } },
      { fips: true, cpuPartitioningMode: 'AllNodes' },
    ],
    [
      "the infra-env's trust bundle",
      { settings: { additional_trust_bundle: certificate, static_network_config: networks } },
      { additionalTrustBundle: certificate },
    ],
    [
      'an arbiter',
      {
        cluster: { control_plane_count: 2 },
        hosts: hosts.map((host, index) => (index === 2 ? { ...host, role: 'arbiter' as const } : host)),
      },
      { arbiter: { name: 'arbiter', replicas: 1 } },
    ],
    [
      'machine networks that the static networks give',
      { cluster: { machine_networks: [] } },
      { networking: { machineNetwork: [{ cidr: '192.0.2.0/24' }] } },
    ],
  ])('hold %s', (_, given, expected) => {
    expect(installConfig(given)).toMatchObject(expected);
  });

  it('hold no gate where the release needs none', () => {
    expect(installConfig({ version: '4.20.3' })).not.toHaveProperty('featureSet');
    expect(installConfig({ version: '4.23.0' })).not.toHaveProperty('featureGates');
  });

  it('hold the hosts in the words of agent-config.yaml, each with its network', () => {
    const config = agentConfig();
    expect(config).toMatchObject({ apiVersion: 'v1beta1', kind: 'AgentConfig', rendezvousIP: '192.0.2.10' });
    expect(config).toHaveProperty('hosts.0', {
      hostname: 'node-0.edge.example.com',
      role: 'master',
      interfaces: [{ name: 'eth0', macAddress: '52:54:00:00:00:00' }],
      rootDeviceHints: { deviceName: '/dev/sda' },
      networkConfig: {
        interfaces: [
          {
            name: 'eth0',
            type: 'ethernet',
            ipv4: { enabled: true, address: [{ ip: '192.0.2.10', 'prefix-length': 24 }] },
          },
        ],
        routes: {
          config: [{ destination: '0.0.0.0/0', 'next-hop-address': '192.0.2.1', 'next-hop-interface': 'eth0' }],
        },
      },
    });
  });

  it.each<[string, GivenSite, string]>([
    [
      'the address that the user names',
      { settings: { rendezvous_ip: '192.0.2.12', static_network_config: networks } },
      '192.0.2.12',
    ],
    [
      'the first address of a control plane host',
      {
        settings: { static_network_config: networks },
        hosts: hosts.toReversed().map((host, index) => ({ ...host, mac_addresses: [`52:54:00:00:00:0${4 - index}`] })),
      },
      '192.0.2.12',
    ],
    [
      'the first address of a host without role',
      { settings: { static_network_config: networks }, hosts: hosts.map(({ hostname }) => ({ hostname })) },
      '192.0.2.10',
    ],
  ])('meet at %s', (_, given, address) => {
    expect(agentConfig(given)).toMatchObject({ rendezvousIP: address });
  });

  it('give each host without role one, the rendezvous host among the control plane', () => {
    const config = agentConfig({
      hosts: hosts.map(({ hostname }) => ({ hostname })),
      settings: { static_network_config: networks, rendezvous_ip: '192.0.2.14' },
    });
    expect(config).toMatchObject({
      hosts: [{ role: 'master' }, { role: 'master' }, { role: 'worker' }, { role: 'worker' }, { role: 'master' }],
    });
  });

  it("name the time sources of the infra-env's hosts and of its cluster", () => {
    const config = agentConfig({
      cluster: { additional_ntp_source: 'two.example.com' },
      settings: { additional_ntp_sources: 'one.example.com', static_network_config: networks },
    });
    expect(config).toMatchObject({ additionalNTPSources: ['two.example.com', 'one.example.com'].toSorted() });
  });

  it('hold the manifests of the cluster as they are', () => {
    expect(textsOf(aSite())['openshift/motd.yaml']).toBe(someManifest.content.toString());
  });

  it('take no key and no line from a text that the user chooses', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        'a',
        '\n',
        ':',
        ' ',
        '"',
        "'",
        '#',
        '-',
        '{',
        '}',
        '---',
        '\\',
        '%',
        '\u2028',
        '&',
        '*',
        '!',
      ),
    });
    fc.assert(
      fc.property(nasty, nasty, nasty, (name, key, serial) => {
        const site = aSite();
        const settings = { ...site.cluster.settings, ssh_public_key: key, base_dns_domain: name };
        const first = site.hosts.map((host) => ({ ...host, hints: { serialNumber: serial } }));
        const changed = { ...site, cluster: { ...site.cluster, name, settings }, hosts: first };
        const texts = textsOf(changed);
        const usual = textsOf(site);
        const keysOf = (text: string | undefined) => Object.keys(readOnly(text) as object);
        expect(keysOf(texts['install-config.yaml'])).toEqual(keysOf(usual['install-config.yaml']));
        expect(readOnly(texts['install-config.yaml'])).toMatchObject({
          sshKey: key,
          baseDomain: name,
          metadata: { name },
        });
        expect(readOnly(texts['agent-config.yaml'])).toHaveProperty('hosts.0.rootDeviceHints', {
          serialNumber: serial,
        });
      }),
    );
  });
});
