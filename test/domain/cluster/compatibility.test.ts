import { describe, expect, test } from 'vitest';
import { checkArchitecture, checkFeatures, type FeatureSettings } from '#domain/cluster/compatibility.ts';
import { refusalOf } from '../values/refusal.ts';

describe('an architecture on a version', () => {
  const refused = (architecture: string, version: string) =>
    `cannot use ${architecture} architecture because it's not compatible on version ${version} of OpenShift`;

  test.each([
    ['x86_64', '4.6.0', undefined],
    ['arm64', '4.10.0', undefined],
    ['arm64', '4.9.9', refused('arm64', '4.9.9')],
    ['s390x', '4.11.0', refused('s390x', '4.11.0')],
    ['ppc64le', '4.11.0', refused('ppc64le', '4.11.0')],
    ['ppc64le', '4.12.0', undefined],
    ['multi', '4.10.0', refused('multi', '4.10.0')],
    ['multi', '4.11.0', undefined],
  ])('%s on %s', (cpuArchitecture, openshiftVersion, expected) => {
    expect(refusalOf(() => checkArchitecture({ cpuArchitecture, openshiftVersion }))).toBe(expected);
  });
});

describe('features', () => {
  const plain: FeatureSettings = {
    high_availability_mode: 'Full',
    platform: 'baremetal',
    network_type: 'OVNKubernetes',
    user_managed_networking: false,
    vip_dhcp_allocation: false,
    isDualStack: false,
    vips: 0,
    operators: [],
  };
  const unavailable = (feature: string, architecture: string, version: string) =>
    `cannot use ${feature} because it's not compatible with the ${architecture} architecture on version ${version} of OpenShift`;
  const clash = (one: string, other: string) => `cannot use ${one} because it's not compatible with ${other}`;

  test.each<[Partial<FeatureSettings>, string, string, string | undefined]>([
    [{}, '4.20.3', 'x86_64', undefined],
    [
      { network_type: 'OpenShiftSDN' },
      '4.15.0',
      'x86_64',
      'Openshift version 4.15.0 is not supported for OpenShiftSDN NetworkType',
    ],
    [{ network_type: 'OpenShiftSDN' }, '4.14.0', 'x86_64', undefined],
    [{ vip_dhcp_allocation: true }, '4.15.0', 'x86_64', unavailable('VIP Automatic Allocation', 'x86_64', '4.15.0')],
    [{ vip_dhcp_allocation: true }, '4.14.0', 'x86_64', undefined],
    [{}, '4.10.0', 'arm64', unavailable('Cluster Managed Networking', 'arm64', '4.10.0')],
    [{ platform: 'nutanix' }, '4.10.0', 'x86_64', unavailable('Nutanix Platform Integration', 'x86_64', '4.10.0')],
    [{ platform: 'nutanix' }, '4.20.3', 'arm64', unavailable('Nutanix Platform Integration', 'arm64', '4.20.3')],
    [{ platform: 'nutanix' }, '4.11.0', 'x86_64', undefined],
    [{ platform: 'vsphere' }, '4.20.3', 's390x', unavailable('vSphere Platform Integration', 's390x', '4.20.3')],
    [
      { platform: 'external', user_managed_networking: true },
      '4.13.0',
      'x86_64',
      unavailable('External Platform Integration', 'x86_64', '4.13.0'),
    ],
    [{ vips: 2 }, '4.11.0', 'x86_64', unavailable('Dual-Stack VIPs', 'x86_64', '4.11.0')],
    [
      { high_availability_mode: 'None', operators: ['odf'] },
      '4.20.3',
      'x86_64',
      clash('OpenShift Data Foundation', 'Single Node OpenShift'),
    ],
    [
      { operators: ['odf', 'lvm'] },
      '4.20.3',
      'x86_64',
      clash('OpenShift Data Foundation', 'Logical Volume Management'),
    ],
    [
      { platform: 'vsphere', operators: ['cnv'] },
      '4.20.3',
      'x86_64',
      clash('vSphere Platform Integration', 'OpenShift Virtualization'),
    ],
    [
      { platform: 'nutanix', operators: ['mce'] },
      '4.20.3',
      'x86_64',
      clash('Nutanix Platform Integration', 'multicluster engine'),
    ],
    [
      { platform: 'vsphere', isDualStack: true },
      '4.12.0',
      'x86_64',
      clash('vSphere Platform Integration', 'Dual-Stack'),
    ],
    [{ platform: 'vsphere', isDualStack: true }, '4.13.0', 'x86_64', undefined],
    [{ operators: ['lvm'] }, '4.14.0', 'x86_64', clash('Logical Volume Management', 'Cluster Managed Networking')],
    [{ operators: ['lvm'] }, '4.15.0', 'x86_64', undefined],
  ])('%j on %s, %s', (given, openshiftVersion, cpuArchitecture, expected) => {
    const target = { openshiftVersion, cpuArchitecture };
    expect(refusalOf(() => checkFeatures({ ...plain, ...given }, target))).toBe(expected);
  });
});
