import { describe, expect, it } from 'vitest';
import { architectureLevels, featureLevels, type SupportQuestion } from '#domain/cluster/support-levels.ts';
import { aRelease } from '#test/fakes/records.ts';

/** The feature ids of the published API. */
const published = `SNO TNA TNF VIP_AUTO_ALLOC CUSTOM_MANIFEST SINGLE_NODE_EXPANSION LVM ODF LSO CNV MCE MTV OSC
  NUTANIX_INTEGRATION BAREMETAL_PLATFORM NONE_PLATFORM VSPHERE_INTEGRATION DUAL_STACK_VIPS CLUSTER_MANAGED_NETWORKING
  USER_MANAGED_NETWORKING MINIMAL_ISO FULL_ISO EXTERNAL_PLATFORM_OCI DUAL_STACK PLATFORM_MANAGED_NETWORKING
  EXTERNAL_PLATFORM OVN_NETWORK_TYPE SDN_NETWORK_TYPE CILIUM_NETWORK_TYPE CALICO_NETWORK_TYPE CISCO_ACI_NETWORK_TYPE
  NONE_NETWORK_TYPE NODE_FEATURE_DISCOVERY NVIDIA_GPU PIPELINES SERVICEMESH SERVERLESS OPENSHIFT_AI
  NON_STANDARD_HA_CONTROL_PLANE AUTHORINO USER_MANAGED_LOAD_BALANCER NMSTATE AMD_GPU KMM NODE_HEALTHCHECK
  SELF_NODE_REMEDIATION FENCE_AGENTS_REMEDIATION NODE_MAINTENANCE KUBE_DESCHEDULER CLUSTER_OBSERVABILITY NUMA_RESOURCES
  OADP METALLB DUAL_STACK_PRIMARY_IPV6 LOKI OPENSHIFT_LOGGING`.split(/\s+/);

const platforms = published.filter((id) => /_PLATFORM(_OCI)?$|_INTEGRATION$/.test(id));

const releases = [
  aRelease('4.10.1', { cpuArchitectures: ['arm64'] }),
  aRelease('4.14.3'),
  aRelease('4.20.3'),
  aRelease('4.20.4', { cpuArchitectures: ['s390x'] }),
  aRelease('4.21.0', { cpuArchitectures: ['x86_64', 'arm64', 'ppc64le', 's390x'] }),
];

const ask = (openshiftVersion: string, cpuArchitecture = 'x86_64', more: Partial<SupportQuestion> = {}) =>
  featureLevels({ releases, openshiftVersion, cpuArchitecture, ...more });

const unavailable = (levels: Readonly<Record<string, string>>): string[] =>
  Object.keys(levels).filter((id) => levels[id] !== 'supported');

describe('the levels of features', () => {
  it('are there for every published id', () => {
    expect(Object.keys(ask('4.20')).toSorted()).toEqual(published.toSorted());
  });

  it('never speak of what needs hosts as available', () => {
    for (const { version } of releases) {
      expect(ask(version)).toMatchObject({ TNF: 'unavailable', SINGLE_NODE_EXPANSION: 'unavailable' });
    }
  });

  it.each([
    ['4.20', 'x86_64', ['SDN_NETWORK_TYPE', 'VIP_AUTO_ALLOC']],
    ['4.20.3', 'x86_64', ['SDN_NETWORK_TYPE', 'VIP_AUTO_ALLOC']],
    ['4.14', 'x86_64', ['NON_STANDARD_HA_CONTROL_PLANE', 'TNA']],
    [
      '4.20',
      's390x',
      [
        ...['AMD_GPU', 'BAREMETAL_PLATFORM', 'CLUSTER_MANAGED_NETWORKING', 'CNV', 'DUAL_STACK_VIPS'],
        ...['EXTERNAL_PLATFORM', 'EXTERNAL_PLATFORM_OCI', 'LVM', 'MTV', 'NUTANIX_INTEGRATION', 'NVIDIA_GPU'],
        ...['OPENSHIFT_AI', 'SDN_NETWORK_TYPE', 'VIP_AUTO_ALLOC', 'VSPHERE_INTEGRATION'],
      ],
    ],
    ['4.21', 'multi', ['SDN_NETWORK_TYPE', 'VIP_AUTO_ALLOC']],
  ])('of %s on %s are unavailable for %j', (version, architecture, expected) => {
    const hostless = unavailable(ask(version, architecture)).filter((id) => !/^(TNF|SINGLE_NODE_EXPANSION)$/.test(id));
    expect(hostless.toSorted()).toEqual(expected);
  });

  it('with a platform are those of its clusters, without the ids that are platforms', () => {
    const levels = ask('4.20', 'x86_64', { platformType: 'vsphere' });
    expect(Object.keys(levels).toSorted()).toEqual(published.filter((id) => !platforms.includes(id)).toSorted());
    expect(levels).toMatchObject({ SNO: 'unavailable', LVM: 'unavailable', CNV: 'unavailable', ODF: 'supported' });
    expect(ask('4.20', 'x86_64', { platformType: 'none' })).toMatchObject({
      CLUSTER_MANAGED_NETWORKING: 'unavailable',
      PLATFORM_MANAGED_NETWORKING: 'supported',
      SNO: 'supported',
    });
    expect(ask('4.20', 'x86_64', { platformType: 'baremetal' })).toMatchObject({
      PLATFORM_MANAGED_NETWORKING: 'unavailable',
      SNO: 'unavailable',
    });
  });

  it.each([
    ['a version that nobody has added', '4.30', 'x86_64'],
    ['an architecture that no release of the version serves', '4.14', 'arm64'],
    ['a text that is not a version', 'latest', 'x86_64'],
  ])('of %s are all unavailable', (_, version, architecture) => {
    expect(new Set(Object.values(ask(version, architecture)))).toEqual(new Set(['unavailable']));
  });
});

describe('the levels of architectures', () => {
  const names = ['X86_64_ARCHITECTURE', 'ARM64_ARCHITECTURE', 'PPC64LE_ARCHITECTURE', 'S390X_ARCHITECTURE'];

  it.each([
    ['4.21', [...names, 'MULTIARCH_RELEASE_IMAGE']],
    ['4.20', ['X86_64_ARCHITECTURE', 'S390X_ARCHITECTURE']],
    ['4.20.3', ['X86_64_ARCHITECTURE']],
    ['4.10', ['ARM64_ARCHITECTURE']],
    ['4.30', []],
  ])('of %s support what its releases serve', (openshiftVersion, supported) => {
    const levels = architectureLevels({ releases, openshiftVersion });
    expect(Object.keys(levels)).toEqual([...names, 'MULTIARCH_RELEASE_IMAGE']);
    expect(names.concat('MULTIARCH_RELEASE_IMAGE').filter((id) => levels[id] === 'supported')).toEqual(supported);
  });
});
