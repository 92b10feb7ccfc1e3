import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedWithCurrent, completePlatform, type Platform, type PlatformType } from '#domain/cluster/platform.ts';
import { refusalOf } from '../values/refusal.ts';

const external = { type: 'external' as const, external: { platform_name: 'oci' } };
const platform = (type: PlatformType): Platform => (type === 'external' ? external : { type });

const asked = (type: PlatformType | undefined, userManaged?: boolean) => ({
  platform: type === undefined ? undefined : platform(type),
  user_managed_networking: userManaged,
});

const full = { high_availability_mode: 'Full' as const, cpuArchitecture: 'x86_64' };
const single = { high_availability_mode: 'None' as const, cpuArchitecture: 'x86_64' };
const power = { high_availability_mode: 'Full' as const, cpuArchitecture: 'ppc64le' };

describe('platform and user managed networking', () => {
  test.each([
    [undefined, undefined, full, 'baremetal', false],
    [undefined, true, full, 'none', true],
    [undefined, false, full, 'baremetal', false],
    ['none', undefined, full, 'none', true],
    ['external', undefined, full, 'external', true],
    ['vsphere', undefined, full, 'vsphere', false],
    ['vsphere', true, full, 'vsphere', true],
    ['nutanix', undefined, full, 'nutanix', false],
    [undefined, undefined, single, 'none', true],
    ['external', true, single, 'external', true],
    [undefined, undefined, power, 'none', true],
    [undefined, undefined, { ...power, cpuArchitecture: 's390x' }, 'none', true],
  ] as const)('%s with %s become a pair', (type, userManaged, surroundings, expected, expectedManaged) => {
    expect(completePlatform(asked(type, userManaged), surroundings)).toEqual({
      platform: platform(expected),
      user_managed_networking: expectedManaged,
    });
  });

  test.each([
    ['baremetal', true, full, "Can't set baremetal platform with user-managed-networking enabled"],
    ['nutanix', true, full, "Can't set nutanix platform with user-managed-networking enabled"],
    ['none', false, full, "Can't set none platform with user-managed-networking disabled"],
    ['external', false, full, "Can't set external platform with user-managed-networking disabled"],
    ['baremetal', undefined, single, "Can't set baremetal platform on single node OpenShift"],
    ['vsphere', undefined, single, 'Single node cluster is not supported alongside vsphere platform'],
    ['nutanix', undefined, single, 'Single node cluster is not supported alongside nutanix platform'],
    [undefined, false, single, "Can't disable user-managed-networking on single node OpenShift"],
    [undefined, false, power, "Can't disable User Managed Networking on ppc64le architecture"],
    ['vsphere', undefined, power, "Can't set vsphere platform on ppc64le architecture"],
  ] as const)('%s with %s are refused', (type, userManaged, surroundings, expected) => {
    expect(refusalOf(() => completePlatform(asked(type, userManaged), surroundings))).toBe(expected);
  });

  test.each<[Platform, string | undefined]>([
    [{ type: 'external' }, 'External setting must be set when using platform type external'],
    [
      { type: 'external', external: { platform_name: '' } },
      'Platform name must be set to a non-empty string when using platform type external',
    ],
    [
      { type: 'baremetal', external: { platform_name: 'oci' } },
      'External settings can only be set with external platform type',
    ],
    [{ type: 'baremetal', external: {} }, undefined],
  ])('external settings: %j', (given, expected) => {
    expect(refusalOf(() => completePlatform({ platform: given }, full))).toBe(expected);
  });

  test('an empty external of another platform is dropped', () => {
    const given = { platform: { type: 'vsphere' as const, external: {} } };
    expect(completePlatform(given, full).platform).toEqual({ type: 'vsphere' });
  });

  test('once completed, they complete to themselves', () => {
    const types = fc.constantFrom<(PlatformType | undefined)[]>(
      undefined,
      'baremetal',
      'nutanix',
      'vsphere',
      'none',
      'external',
    );
    const surroundings = fc.record({
      high_availability_mode: fc.constantFrom('Full' as const, 'None' as const),
      cpuArchitecture: fc.constantFrom('x86_64', 'arm64', 's390x', 'multi'),
    });
    fc.assert(
      fc.property(types, fc.option(fc.boolean(), { nil: undefined }), surroundings, (type, userManaged, around) => {
        const request = asked(type, userManaged);
        fc.pre(refusalOf(() => completePlatform(request, around)) === undefined);
        const once = completePlatform(request, around);
        expect(completePlatform(once, around)).toEqual(once);
      }),
    );
  });
});

describe('a change of platform or of user managed networking alone', () => {
  const changed = (change: ReturnType<typeof asked>, current: ReturnType<typeof asked>) => () =>
    completePlatform(askedWithCurrent(change, current), full);

  test.each([
    [asked(undefined, true), asked('baremetal', false), 'none', true],
    [asked(undefined, false), asked('none', true), 'baremetal', false],
    [asked('none'), asked('baremetal', false), 'none', true],
    [asked('baremetal'), asked('none', true), 'baremetal', false],
    [asked('vsphere'), asked('none', true), 'vsphere', true],
    [asked(undefined, true), asked('vsphere', false), 'vsphere', true],
    [asked(undefined), asked('external', true), 'external', true],
  ] as const)('%j on %j', (change, current, type, userManaged) => {
    expect(changed(change, current)()).toEqual({ platform: platform(type), user_managed_networking: userManaged });
  });

  test.each([
    [asked('nutanix'), asked('none', true), "Can't set nutanix platform with user-managed-networking enabled"],
    [asked('external'), asked('baremetal', false), "Can't set external platform with user-managed-networking disabled"],
    [
      asked(undefined, true),
      asked('nutanix', false),
      "Can't set nutanix platform with user-managed-networking enabled",
    ],
  ] as const)('%j on %j is refused', (change, current, expected) => {
    expect(refusalOf(changed(change, current))).toBe(expected);
  });
});
