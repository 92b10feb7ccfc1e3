import { describe, expect, it } from 'vitest';
import { fieldsOf, type GivenSite } from './sites.ts';

const object = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n';
const ofName = (metadata: string, kind = 'apiVersion: v1\nkind: Namespace\n') => `${kind}metadata: ${metadata}\n`;
const machineConfig = (config: object) =>
  `${ofName('{name: a}', 'apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\n')}spec: ${JSON.stringify({ config })}\n`;
const manifest = (fileName: string, text: string) => ({ fileName, content: Buffer.from(text) });
const aliases = 'abcdefg'.split('').map(
  (name, at, all) =>
    `${name}: &${name} [${Array(10)
      .fill(at === 0 ? 'x' : `*${all[at - 1]}`)
      .join()}]`,
);

describe('what is added to a site and keeps its cluster from being installed is refused with its field', () => {
  it.each<[string, GivenSite, string]>([
    ...Object.entries<object>({
      'networking.clusterNetworkMTU': { networking: { clusterNetworkMTU: 9000 } },
      'networking.serviceNetwork': { networking: { serviceNetwork: '172.30.0.0/16' } },
      'controlPlane.architecture': { controlPlane: { architecture: 'amd64' } },
      'compute.0.name': { compute: [{ name: 'infra' }] },
      compute: { compute: [{ name: 'worker' }, { name: 'worker' }] },
      'imageDigestSources.0.sourcePolicy': {
        imageDigestSources: [{ source: 'quay.io/a', mirrors: [], sourcePolicy: 'NeverContactSource' }],
      },
      'platform.baremetal.foo': { platform: { baremetal: { foo: 1 } } },
      platform: { platform: { none: {} } },
      cpuPartitioningMode: { cpuPartitioningMode: 'Foo' },
      additionalTrustBundlePolicy: { additionalTrustBundlePolicy: 'always' },
      'platform.baremetal.apiVIPs': { platform: { baremetal: { apiVIPs: ['192.0.2.200'] } } },
      'platform.baremetal.ingressVIP': { platform: { baremetal: { ingressVIP: '192.0.2.200' } } },
      'platform.baremetal.provisioningNetwork': { platform: { baremetal: { provisioningNetwork: 'disabled' } } },
      'platform.baremetal.loadBalancer.type': { platform: { baremetal: { loadBalancer: { type: 'user-managed' } } } },
      arbiter: { arbiter: { replicas: 1 } },
      proxy: { proxy: { noProxy: '.example.com' } },
      'controlPlane.fencing': { controlPlane: { fencing: { credentials: [] } } },
      capabilities: { capabilities: { additionalEnabledCapabilities: ['console'] } },
      'proxy.httpProxy': { proxy: { httpProxy: 'http://10.128.1.25:3128' } },
      imageContentSources: { imageContentSources: [{ source: 'quay.io/a', mirrors: ['registry.example.com/a'] }] },
      'networking.serviceNetwork.0': { networking: { serviceNetwork: ['172.30.0.0'] } },
      'networking.networkType': { networking: { networkType: 'Calico' } },
      apiVersion: { apiVersion: 'v2' },
      sshKey: { sshKey: 'mine' },
      fips: { fips: true, sshKey: `ssh-ed25519 ${'A'.repeat(68)}` },
    }).map(([field, overrides]): [string, GivenSite, string] => [
      `an override of ${field} that the site does not take`,
      { overrides },
      `install_config_overrides.${field}`,
    ]),
    ...Object.entries<object>({
      'a service network over the machine network': { serviceNetwork: ['192.0.2.0/25'] },
      'a cluster network over the service network of the settings': {
        clusterNetwork: [{ cidr: '172.16.0.0/12', hostPrefix: 23 }],
      },
      'a cluster network without the length of a prefix': { clusterNetwork: [{ cidr: '10.128.0.0/14' }] },
      'a cluster network of IPv6 beside machines of IPv4': {
        clusterNetwork: [{ cidr: 'fd01::/48', hostPrefix: 64 }],
      },
      'a machine network without VIPs and hosts': { machineNetwork: [{ cidr: '198.51.100.0/24' }] },
    }).map(([what, networking]): [string, GivenSite, string] => [
      `an override of ${what}`,
      { overrides: { networking } },
      'install_config_overrides.networking',
    ]),
    ['an unknown feature set', { overrides: { featureSet: 'Foo' } }, 'install_config_overrides.featureSet'],
    [
      'gates without their feature set',
      { overrides: { featureGates: ['A=true'] } },
      'install_config_overrides.featureGates',
    ],
    [
      'a gate of another form',
      { overrides: { featureSet: 'CustomNoUpgrade', featureGates: ['x y'] } },
      'install_config_overrides.featureGates',
    ],
    [
      'a feature set beside the gate of the release',
      { version: '4.21.0', overrides: { featureSet: 'TechPreviewNoUpgrade' } },
      'install_config_overrides.featureSet',
    ],
    [
      'the gate of the release turned off',
      {
        version: '4.21.0',
        overrides: { featureSet: 'CustomNoUpgrade', featureGates: ['NoRegistryClusterInstall=false'] },
      },
      'install_config_overrides.featureGates',
    ],
    [
      'an unknown set of capabilities',
      { overrides: { capabilities: { baselineCapabilitySet: 'vFoo' } } },
      'install_config_overrides.capabilities',
    ],
    ...Object.entries({
      'the capability Ingress': {
        baselineCapabilitySet: 'None',
        additionalEnabledCapabilities: ['baremetal', 'MachineAPI'],
      },
      'that capability beside a set of before it was one': { baselineCapabilitySet: 'v4.15' },
      'OperatorLifecycleManager, which marketplace needs': {
        baselineCapabilitySet: 'v4.14',
        additionalEnabledCapabilities: ['Ingress'],
      },
    }).map(([what, capabilities]): [string, GivenSite, string] => [
      `capabilities without ${what}`,
      { overrides: { capabilities } },
      'install_config_overrides.capabilities',
    ]),
    [
      'no capabilities on bare metal',
      { overrides: { capabilities: { baselineCapabilitySet: 'None' } } },
      'install_config_overrides.capabilities',
    ],
    [
      'another number of control plane nodes',
      { overrides: { controlPlane: { replicas: 5 } } },
      'install_config_overrides.controlPlane',
    ],
    ['another base domain', { overrides: { baseDomain: 'example.org' } }, 'install_config_overrides.baseDomain'],
    [
      'a manifest that is empty',
      { manifests: [{ fileName: 'a.yaml', content: Buffer.from('---\n') }] },
      'manifests/a.yaml',
    ],
    [
      'a manifest without kind',
      { manifests: [{ fileName: 'a.yaml', content: Buffer.from('a: b\n') }] },
      'manifests/a.yaml',
    ],
    ['a manifest in JSON', { manifests: [{ fileName: 'a.json', content: Buffer.from('{}') }] }, 'manifests/a.json'],
    [
      'a manifest whose aliases stand for millions of values',
      { manifests: [manifest('a.yaml', `${object}${aliases.join('\n')}\n`)] },
      'manifests/a.yaml',
    ],
    [
      'a manifest with an anchor within itself',
      { manifests: [manifest('a.yaml', `${object}x: &x [*x]\n`)] },
      'manifests/a.yaml',
    ],
    [
      'a manifest of which one document takes the name of another manifest',
      { manifests: [manifest('a.yaml', `${object}---\n${object}`), manifest('a-1.yaml', object)] },
      'manifests/a.yaml',
    ],
    ...Object.entries({
      'of which the second document begins on the line of its hyphens': `${object}--- ${JSON.stringify({ apiVersion: 'v1', kind: 'A', metadata: { name: 'b' } })}\n`,
      'of which the second document begins behind three dots': `${object}...\n${object}`,
      'with a directive': `%YAML 1.2\n---\n${object}`,
      'with a key that is null': `${object}data: {~: x}\n`,
      'without metadata': 'apiVersion: v1\nkind: Namespace\n',
      'without a name': ofName('{namespace: a}'),
      'whose name is a boolean of YAML 1.1': ofName('{name: on}'),
      'that is a list of objects': `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify({ kind: 'A' })}\n`,
      'of mirrors that the ISO has too': ofName(
        '{name: idms-operator-0}',
        'apiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\n',
      ),
      'of a machine config of no version': machineConfig({ storage: {} }),
      'of a machine config that Ignition does not take': machineConfig({
        ignition: { version: '3.2.0' },
        storage: { files: [{ path: 'etc/motd', contents: { source: 'data:,hello' } }] },
      }),
    }).map(([what, text]): [string, GivenSite, string] => [
      `a manifest ${what}`,
      { manifests: [manifest('a.yaml', text)] },
      'manifests/a.yaml',
    ]),
    ...['idms-oc-mirror.yaml', 'itms-oc-mirror-1.yaml', 'operatorhub-cluster.yaml'].map(
      (fileName): [string, GivenSite, string] => [
        `a manifest by the name ${fileName}, which the ISO has`,
        { manifests: [manifest(fileName, object)] },
        `manifests/${fileName}`,
      ],
    ),
    [
      'a manifest by a name of the ISO',
      { manifests: [{ fileName: 'internalreleaseimage.yaml', content: Buffer.from('apiVersion: v1\nkind: A\n') }] },
      'manifests/internalreleaseimage.yaml',
    ],
  ])('%s', (_, given, field) => {
    expect(fieldsOf(given)).toContain(field);
  });
});
