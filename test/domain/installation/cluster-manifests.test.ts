import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { infraEnvManifest } from '#domain/ignition/infra-env-manifest.ts';
import { clusterManifests } from '#domain/installation/cluster-manifests.ts';
import { hostConfigFiles } from '#domain/installation/host-config.ts';
import { sshKey } from '../cluster/samples.ts';
import { aSite, type GivenSite, hosts, networks, someManifest } from './sites.ts';

const manifests = '/etc/assisted/manifests/';

const textsOf = (given: GivenSite = {}) =>
  Object.fromEntries(
    clusterManifests(aSite({ installation: 'prefilled', ...given })).map(({ path, text }) => [path, text]),
  );

const documents = (text: string | undefined): readonly unknown[] => loadAll(text ?? '');

const clusterInstall = (given: GivenSite = {}) =>
  documents(textsOf(given)[`${manifests}agent-cluster-install.yaml`])[0];

describe('agent-cluster-install.yaml', () => {
  it('holds the settings of the cluster', () => {
    expect(clusterInstall()).toEqual({
      apiVersion: 'extensions.hive.openshift.io/v1beta1',
      kind: 'AgentClusterInstall',
      metadata: { name: 'ocp' },
      spec: {
        clusterDeploymentRef: { name: 'ocp' },
        imageSetRef: { name: 'openshift-release' },
        apiVIPs: ['192.0.2.2'],
        ingressVIPs: ['192.0.2.3'],
        platformType: 'BareMetal',
        networking: {
          clusterNetwork: [{ cidr: '10.128.0.0/14', hostPrefix: 23 }],
          serviceNetwork: ['172.30.0.0/16'],
          machineNetwork: [{ cidr: '192.0.2.0/24' }],
          networkType: 'OVNKubernetes',
        },
        provisionRequirements: { controlPlaneAgents: 3, workerAgents: 2 },
        controlPlane: { name: 'master', hyperthreading: 'Enabled' },
        compute: [{ name: 'worker', hyperthreading: 'Enabled' }],
      },
    });
  });

  it.each<[string, GivenSite, object]>([
    ['the key of the nodes', { cluster: { ssh_public_key: sshKey } }, { sshPublicKey: sshKey }],
    [
      'disk encryption',
      {
        cluster: {
          disk_encryption: { enable_on: 'all', mode: 'tang', tang_servers: '[{"url":"http://tang","thumbprint":"x"}]' },
        },
      },
      { diskEncryption: { enableOn: 'all', mode: 'tang', tangServers: '[{"url":"http://tang","thumbprint":"x"}]' } },
    ],
    ['schedulable control plane nodes', { cluster: { schedulable_masters: true } }, { mastersSchedulable: true }],
    [
      'hyperthreading by role',
      { cluster: { hyperthreading: 'masters' } },
      {
        controlPlane: { name: 'master', hyperthreading: 'Enabled' },
        compute: [{ name: 'worker', hyperthreading: 'Disabled' }],
      },
    ],
    [
      'the proxy',
      { cluster: { https_proxy: 'http://proxy:3128', no_proxy: '.example.com' } },
      { proxy: { httpsProxy: 'http://proxy:3128', noProxy: '.example.com' } },
    ],
    [
      'time sources',
      { cluster: { ntp_sources: 'a.example.com,192.0.2.1' } },
      { ntpSources: ['a.example.com', '192.0.2.1'] },
    ],
    [
      "the user's load balancer",
      { cluster: { load_balancer: { type: 'user-managed' } } },
      { loadBalancer: { type: 'UserManaged' } },
    ],
    [
      'platform none',
      { cluster: { platform: { type: 'none' }, user_managed_networking: true, api_vips: [], ingress_vips: [] } },
      { platformType: 'None', networking: { userManagedNetworking: true } },
    ],
    [
      'platform external',
      {
        cluster: {
          platform: { type: 'external', external: { platform_name: 'oci', cloud_controller_manager: 'External' } },
          user_managed_networking: true,
          api_vips: [],
          ingress_vips: [],
        },
      },
      { platformType: 'External', external: { platformName: 'oci', cloudControllerManager: 'External' } },
    ],
  ])('holds %s', (_, given, expected) => {
    expect(clusterInstall(given)).toMatchObject({ spec: expected });
  });

  it('holds the overrides as JSON, without the gate that the wizard sets', () => {
    const overrides = { capabilities: { baselineCapabilitySet: 'vCurrent' } };
    const annotations = { 'agent-install.openshift.io/install-config-overrides': JSON.stringify(overrides) };
    expect(clusterInstall({ overrides, version: '4.21.0' })).toMatchObject({ metadata: { annotations } });
  });

  it('leaves out what the user has not said', () => {
    const spec = clusterInstall({
      cluster: { api_vips: [], ingress_vips: [], machine_networks: [], base_dns_domain: '' },
      workerCount: undefined,
      settings: {},
    });
    expect(spec).not.toHaveProperty('spec.apiVIPs');
    expect(spec).not.toHaveProperty('spec.networking.machineNetwork');
    expect(spec).toHaveProperty('spec.provisionRequirements', { controlPlaneAgents: 3 });
  });
});

describe('the other manifests', () => {
  it('name the cluster and its domain', () => {
    const [deployment] = documents(textsOf()[`${manifests}cluster-deployment.yaml`]);
    expect(deployment).toMatchObject({
      kind: 'ClusterDeployment',
      spec: { clusterName: 'ocp', baseDomain: 'example.com' },
    });
  });

  it('have networks with the labels that infraenv.yaml selects by', () => {
    const { infraEnv } = aSite();
    const all = documents(textsOf()[`${manifests}nmstateconfig.yaml`]);
    expect(all).toHaveLength(5);
    const { matchLabels } = (infraEnvManifest(infraEnv).spec as { nmStateConfigLabelSelector: { matchLabels: object } })
      .nmStateConfigLabelSelector;
    for (const document of all) expect(document).toMatchObject({ metadata: { labels: matchLabels } });
  });

  it('list operators by name, bundles as what they bring', () => {
    const text = textsOf({
      version: '4.22.0',
      cluster: {
        olm_operators: [{ name: 'lvm', properties: '{"a":1}' }],
        operator_bundles: [{ id: 'virtualization' }],
      },
    })[`${manifests}operators.yaml`];
    const [list] = documents(text);
    expect(list).toContainEqual({ name: 'lvm', properties: '{"a":1}' });
    expect(list).toContainEqual({ name: 'cnv' });
    expect(list).not.toContainEqual({ name: 'virtualization' });
  });

  it('are none of what nobody asks for', () => {
    const paths = Object.keys(textsOf({ cluster: { olm_operators: [] }, settings: {}, manifests: [] }));
    expect(paths).toEqual([`${manifests}cluster-deployment.yaml`, `${manifests}agent-cluster-install.yaml`]);
  });

  it('hold the manifests of the cluster as they are', () => {
    expect(textsOf()['/etc/assisted/extra-manifests/motd.yaml']).toBe(someManifest.content.toString());
  });
});

describe('the configuration of hosts', () => {
  const filesOf = (given: GivenSite = {}) =>
    Object.fromEntries(hostConfigFiles(aSite(given).hosts).map(({ path, text, mode }) => [path, { text, mode }]));

  it('says by which addresses a host is found, and what it becomes', () => {
    const folder = '/etc/assisted/hostconfig/node-3.edge.example.com';
    expect(filesOf()).toMatchObject({
      [`${folder}/mac_addresses`]: { text: '52:54:00:00:00:03\n', mode: 0o644 },
      [`${folder}/role`]: { text: 'worker', mode: 0o644 },
      [`${folder}/root-device-hints.yaml`]: { text: '"deviceName": "/dev/sda"\n', mode: 0o644 },
      '/etc/assisted/hostnames/52:54:00:00:00:03': { text: 'node-3.edge.example.com', mode: 0o600 },
    });
  });

  it.each<[string, GivenSite, readonly string[]]>([
    ['no name', { hosts: [{ role: 'master' }] }, ['mac_addresses', 'role']],
    ['no role', { hosts: [{}] }, ['mac_addresses']],
    ['a role that the site chooses', { hosts: [{ role: 'auto-assign' }] }, ['mac_addresses']],
    [
      'hints',
      { hosts: [{ root_device_hints: { minSizeGigabytes: 200, rotational: false } }] },
      ['mac_addresses', 'root-device-hints.yaml'],
    ],
  ])('has a folder of its place for a host with %s', (_, given, names) => {
    const paths = Object.keys(filesOf({ ...given, settings: { static_network_config: networks.slice(0, 1) } }));
    expect(paths).toEqual(names.map((name) => `/etc/assisted/hostconfig/host-0/${name}`));
  });

  it('takes the addresses that the user names, and those of the network that has one of them', () => {
    const files = filesOf({
      hosts: [{ ...hosts[0], mac_addresses: ['52:54:00:AA:00:01', '52:54:00:00:00:03'] }],
      settings: { static_network_config: networks },
    });
    expect(files['/etc/assisted/hostconfig/node-0.edge.example.com/mac_addresses']?.text).toBe(
      '52:54:00:aa:00:01\n52:54:00:00:00:03\n',
    );
  });
});
