import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hintProblem, hintsIn, hintText } from '#web/wizard/network/disk-hints.ts';

it.each([
  ['', undefined],
  ['/dev/sda', { deviceName: '/dev/sda' }],
  ['vendor=Dell & minSizeGigabytes=120', { vendor: 'Dell', minSizeGigabytes: 120 }],
  ['model=AT&T disk=2 & rotational=false', { model: 'AT&T disk=2', rotational: false }],
  ['serial_number=0012', { serial_number: '0012' }],
])('the disk %j is %j', (text, hints) => {
  expect(hintsIn(text)).toEqual(hints);
  expect(hintProblem(text)).toBeUndefined();
});

it.each([
  ['sda', 'sda is no kind of hint'],
  ['size=3', 'size is no kind of hint'],
  ['rotational=no', 'rotational: '],
  ['minSizeGigabytes=0', 'minSizeGigabytes: '],
])('the disk %j is refused', (text, reason) => expect(hintProblem(text)).toContain(reason));

it('hints are shown as a line that says the same', () => {
  const text = fc.string({ minLength: 1 }).filter((value) => !value.includes('&') && value.trim() === value);
  const hints = fc
    .record(
      { deviceName: text, serialNumber: text, minSizeGigabytes: fc.integer({ min: 1 }), rotational: fc.boolean() },
      { requiredKeys: [] },
    )
    .filter((some) => Object.keys(some).length > 0);
  fc.assert(
    fc.property(hints, (some) => {
      expect(hintsIn(hintText(some))).toEqual(some);
    }),
  );
});
