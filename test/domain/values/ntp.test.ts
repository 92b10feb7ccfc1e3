import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNtpSources } from '#domain/values/ntp.ts';
import { refusalOf } from './refusal.ts';

const additionalField = 'additional_ntp_sources';
const refusal = (additional?: string, only?: string) =>
  refusalOf(() => checkNtpSources({ additional, only, additionalField }));

test.each(['pool.ntp.org', '10.0.0.1,fd00::1,time-1.example.com', '0a', 'a'.repeat(63), ''])(
  'accepts %s in either list',
  (list) => {
    expect(refusal(list)).toBeUndefined();
    expect(refusal(undefined, list)).toBeUndefined();
  },
);

describe('refuses', () => {
  test.each([
    ['a.org, b.org', ' b.org'],
    ['a.org,', ''],
    ['Pool.ntp.org', 'Pool.ntp.org'],
    ['a', 'a'],
    ['a'.repeat(64), 'a'.repeat(64)],
    ['-a.org', '-a.org'],
    ['a_b.org', 'a_b.org'],
    ['a.org iburst', 'a.org iburst'],
    ['a.org\nserver b.org', 'a.org\uFFFDserver b.org'],
    ['a.org\n', 'a.org\uFFFD'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['300.1.1.1', '300.1.1.1'],
    ['10.0.0.01', '10.0.0.01'],
    ['1.2.3', '1.2.3'],
    ['a..org', 'a..org'],
    ['a-.org', 'a-.org'],
    ['a.-b.org', 'a.-b.org'],
    ['0.0.0.0', '0.0.0.0'],
    ['224.0.1.1', '224.0.1.1'],
    ['fe80::1', 'fe80::1'],
  ])('%j', (list, shown) => {
    expect(refusal(list)).toBe(`Invalid NTP source: ${shown}`);
    expect(refusal('', list)).toBe(`Invalid NTP source: ${shown}`);
  });

  test.each([
    ['additional_ntp_source', 'ntp_sources and additional_ntp_source are mutually exclusive'],
    ['additional_ntp_sources', 'ntp_sources and additional_ntp_sources are mutually exclusive'],
  ] as const)('both lists at once, in the words of %s', (field, message) => {
    expect(refusalOf(() => checkNtpSources({ additional: 'a.org', only: 'b.org', additionalField: field }))).toBe(
      message,
    );
  });
});

test('no accepted source holds anything but letters, digits, dots, hyphens and colons', () => {
  const source = fc.string({
    unit: fc.oneof(fc.constantFrom('a', '.', ',', ':', '\n', '"', ' '), fc.string({ minLength: 1, maxLength: 1 })),
  });
  fc.assert(
    fc.property(source, (list) => {
      if (refusal(list) === undefined) expect(list).toMatch(/^[a-z0-9.:,-]*$/i);
    }),
  );
});
