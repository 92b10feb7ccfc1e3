import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBaseDomain, checkClusterName } from '#domain/values/dns.ts';
import { refusalOf } from './refusal.ts';

const name = (text: string, platform?: string) => refusalOf(() => checkClusterName({ name: text, platform }));
const domain = (baseDomain: string | undefined, clusterName = 'c1') =>
  refusalOf(() => checkBaseDomain({ name: clusterName, baseDomain }));

const badName = (shown: string) =>
  `Cluster name format is not valid: '${shown}'. Name must start and end with either a letter or number and consist of ` +
  'lower-case letters, numbers, and hyphens. Subdomains in cluster names are only valid with none platform.';

const badDomain = (shown: string) =>
  `DNS format mismatch: ${shown} domain name is not valid. Must match regex ` +
  '[^([a-z\\d]([\\-]*[a-z\\d]+)*\\.)+[a-z\\d]+([\\-]*[a-z\\d]+)+$], be no more than 255 characters, and not be in dotted ' +
  'decimal format (##.##.##.##)';

/** The patterns of the assisted-service API, word for word; too slow for hostile texts. */
const originalName = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const originalDottedName = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)*$/;
const originalSingleLabel = /^[a-z\d]([-]*[a-z\d]+)+$/;
const originalDomain = /^([a-z\d]([-]*[a-z\d]+)*\.)+[a-z\d]+([-]*[a-z\d]+)+$/;

const nearlyDns = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom('a', 'z', '0', '9', '-', '.', 'A', '_', '\n', '\0'), minLength: 1, maxLength });

describe('a cluster name', () => {
  test.each(['a', '9', 'disconnected-cluster', 'a--b', 'x'.repeat(54)])('%s is accepted', (text) => {
    expect(name(text)).toBeUndefined();
  });

  test.each(['A', '-a', 'a-', 'a_b', 'a b', 'a.b', 'a\n', '', 'x'.repeat(55)])('%j is refused', (text) => {
    expect(name(text)).toBe(badName(text.replaceAll('\n', '\uFFFD')));
  });

  test('may have subdomains on platform none alone', () => {
    expect(name('a.b-c.d', 'none')).toBeUndefined();
    expect(name('a.b-c.d', 'baremetal')).toBe(badName('a.b-c.d'));
    expect(name('a..b', 'none')).toBe(badName('a..b'));
  });

  test('is judged as by the original patterns', () => {
    fc.assert(
      fc.property(nearlyDns(14), (text) => {
        expect(name(text) === undefined).toBe(originalName.test(text));
        expect(name(text, 'none') === undefined).toBe(originalDottedName.test(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('of hostile shape is judged at once', () => {
    expect(name(`${'a'.repeat(53)}!`)).toBe(badName(`${'a'.repeat(53)}!`));
  });
});

describe('a base domain', () => {
  test.each(['example.com', 'a1.b-2.io', 'lab', 'ab', undefined, ''])('%s is accepted', (text) => {
    expect(domain(text)).toBeUndefined();
  });

  test.each(['Example.com', 'a', 'example.c', '.com', 'example.com.', 'ex ample.com', '10.0.0.11', 'a.b\nc.de'])(
    '%j is refused',
    (text) => {
      expect(domain(text)).toBe(badDomain(text.replaceAll('\n', '\uFFFD')));
    },
  );

  test('of more than 255 characters is refused', () => {
    const text = `${'a.'.repeat(127)}aaa`;
    expect(domain(text)).toBe(badDomain(text));
  });

  test('together with the name makes at most 191 characters', () => {
    const rest = `${'a.'.repeat(90)}aaa`;
    expect(`apps.c.${rest}`).toHaveLength(190);
    expect(domain(rest, 'cc')).toBeUndefined();
    expect(domain(rest, 'ccc')).toBe('Combination of cluster name and base DNS domain too long');
  });

  test('has no label longer than 63 characters', () => {
    const long = 'x'.repeat(64);
    expect(domain(`${long}.com`)).toBe(`DNS label '${long}' is longer than 63 bytes`);
  });

  test('is judged as by the original patterns', () => {
    fc.assert(
      fc.property(nearlyDns(14), (text) => {
        const isDecimal = /^(?:\d+\.){3}\d+$/.test(text);
        const expected = (originalSingleLabel.test(text) || originalDomain.test(text)) && !isDecimal;
        expect(domain(text) === undefined).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

test('no accepted name or domain holds a line end or a NUL', () => {
  const texts = fc.oneof(nearlyDns(40), fc.string());
  fc.assert(
    fc.property(texts, (text) => {
      const isAccepted = name(text, 'none') === undefined || (text !== '' && domain(text) === undefined);
      if (isAccepted) expect(text).not.toMatch(/[\n\r\0]/);
    }),
    { numRuns: 2000 },
  );
});
