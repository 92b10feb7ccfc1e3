import { describe, expect, it } from 'vitest';
import { isCoreOs, mismatch, openShiftOf } from '#domain/iso/volume-id.ts';

describe('a volume id', () => {
  it.each([
    'rhcos-9.6.20250826-1',
    'rhcos-416.94.202404301731-0',
    'scos-9.0.20240416-0',
    'fedora-coreos-43.20251024.3.0',
  ])('%s is of CoreOS', (volumeId) => expect(isCoreOs(volumeId)).toBe(true));

  it.each(['', 'rhcos', 'RHEL-9-6-0-BaseOS-x86_64', 'my-rhcos-9.6'])('%s is not', (volumeId) =>
    expect(isCoreOs(volumeId)).toBe(false),
  );

  it.each([
    ['rhcos-416.94.202404301731-0', '4.16'],
    ['rhcos-49.84.202110081407-0', '4.9'],
    ['scos-415.9.202402130130-0', '4.15'],
    ['rhcos-9.6.20250826-1', undefined],
    ['rhcos-10.1.20260613-0', undefined],
    ['fedora-coreos-41.20241215.3.0', undefined],
  ])('%s tells OpenShift %s', (volumeId, version) => expect(openShiftOf(volumeId)).toBe(version));
});

describe('an image that is not of a release', () => {
  const old = 'rhcos-416.94.202404301731-0';
  const any = 'rhcos-9.6.20250826-1';

  it.each([
    [{ volumeId: old }, '4.17.3', `the ISO (${old}) is of OpenShift 4.16, not of 4.17.3`],
    [{ volumeId: any, architecture: 'arm64' }, '4.20.3', 'the ISO is for arm64, not for x86_64'],
  ] as const)('%o, %s: %s', (layout, version, reason) => {
    expect(mismatch(layout, { version, cpuArchitectures: ['x86_64'] })).toBe(reason);
  });

  it.each<[string, Parameters<typeof mismatch>[0], string]>([
    ['which it is', { volumeId: old, architecture: 'x86_64' }, '4.16.3'],
    ['whose minor version it is', { volumeId: old }, '4.16'],
    ['that is a pre-release and may hold an older CoreOS', { volumeId: old }, '4.17.0-ec.1'],
    ['of which it tells nothing', { volumeId: any }, '4.20.3'],
  ])('is never one %s', (_, layout, version) => {
    expect(mismatch(layout, { version, cpuArchitectures: ['x86_64', 'arm64'] })).toBeUndefined();
  });
});
