import { describe, expect, test } from 'vitest';
import { checkControlPlane, checkSingleNode, completeControlPlane } from '#domain/cluster/control-plane.ts';
import { refusalOf } from '../values/refusal.ts';

describe('the control plane', () => {
  test.each([
    [{}, { high_availability_mode: 'Full', control_plane_count: 3 }],
    [{ high_availability_mode: 'None' as const }, { high_availability_mode: 'None', control_plane_count: 1 }],
    [{ high_availability_mode: 'Full' as const }, { high_availability_mode: 'Full', control_plane_count: 3 }],
    [{ control_plane_count: 1 }, { high_availability_mode: 'None', control_plane_count: 1 }],
    [{ control_plane_count: 5 }, { high_availability_mode: 'Full', control_plane_count: 5 }],
  ])('%j is completed', (asked, expected) => {
    expect(completeControlPlane(asked)).toEqual(expected);
  });

  const older =
    'there should be exactly 3 dedicated control plane nodes for high availability mode Full in openshift version older ' +
    'than 4.18';
  const range = (fewest: number, version: string) =>
    `there should be ${fewest}-5 dedicated control plane nodes for high availability mode Full in openshift version ` +
    `${version} or newer`;

  test.each([
    ['Full', 3, '4.17.9', undefined],
    ['Full', 4, '4.17.9', older],
    ['Full', 2, '4.18.0-rc.1', range(3, '4.18')],
    ['Full', 3, '4.18.0-rc.1', undefined],
    ['Full', 5, '4.18.1', undefined],
    ['Full', 6, '4.18.1', range(3, '4.18')],
    ['Full', 2, '4.20.3', undefined],
    ['Full', 1, '4.20.3', range(2, '4.19')],
    ['Full', 6, '4.20.3', range(2, '4.19')],
    ['None', 1, '4.20.3', undefined],
    ['None', 3, '4.20.3', 'single-node clusters must have a single control plane node'],
  ] as const)('mode %s with %i nodes on %s', (high_availability_mode, control_plane_count, version, expected) => {
    const controlPlane = { high_availability_mode, control_plane_count };
    expect(refusalOf(() => checkControlPlane(controlPlane, version))).toBe(expected);
  });
});

describe('a single node', () => {
  const node = { high_availability_mode: 'None' as const, vip_dhcp_allocation: false, network_type: 'OVNKubernetes' };
  test.each([
    [node, '4.8.0', undefined],
    [
      node,
      '4.7.9',
      'Invalid OCP version (4.7.9) for Single node, Single node OpenShift is supported for version 4.8 and above',
    ],
    [
      { ...node, vip_dhcp_allocation: true },
      '4.20.3',
      'VIP DHCP Allocation cannot be enabled on single node OpenShift',
    ],
    [
      { ...node, network_type: 'OpenShiftSDN' },
      '4.10.0',
      'OpenShiftSDN network type is not allowed in single node mode',
    ],
    [
      { high_availability_mode: 'Full' as const, vip_dhcp_allocation: true, network_type: 'OpenShiftSDN' },
      '4.7.0',
      undefined,
    ],
  ])('%j on %s', (settings, version, expected) => {
    expect(refusalOf(() => checkSingleNode(settings, version))).toBe(expected);
  });
});
