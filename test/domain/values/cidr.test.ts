import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '#domain/values/address.ts';
import {
  familyOf,
  includes,
  isBroadcast,
  isNetworkAddress,
  normalisedAddress,
  overlaps,
  parseCidr,
} from '#domain/values/cidr.ts';

const cidr = (text: string) => {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(`${text} is no CIDR`);
  return parsed;
};

const address = (text: string) => {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
};

describe('a CIDR', () => {
  test.each([
    ['10.0.0.0/8', 'IPv4', 8, 32],
    ['192.168.1.7/24', 'IPv4', 24, 32],
    ['fd00::/48', 'IPv6', 48, 128],
  ])('%s is read', (text, family, prefix, bits) => {
    expect(parseCidr(text)).toMatchObject({ text, family, prefix, bits });
  });

  test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '010.0.0.0/8', 'fd00::/129', '::ffff:102:300/120', 'x/8', ''])(
    '%j is none',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );

  test.each([
    ['10.0.0.0/8', true],
    ['10.0.0.1/8', false],
    ['10.0.0.1/32', true],
    ['fd01::/48', true],
    ['fd01::1/48', false],
    ['192.168.128.0/17', true],
    ['192.168.192.0/17', false],
  ])('%s is its own network address: %s', (text, expected) => {
    expect(isNetworkAddress(cidr(text))).toBe(expected);
  });

  test.each([
    ['10.0.0.255', '10.0.0.0/24', true],
    ['10.0.0.254', '10.0.0.0/24', false],
    ['10.0.1.255', '10.0.0.0/24', false],
    ['fd00::ffff', 'fd00::/112', false],
  ])('%s is the broadcast address of %s: %s', (ip, network, expected) => {
    expect(isBroadcast(cidr(network), address(ip))).toBe(expected);
  });

  test('of the other family includes nothing', () => {
    expect(includes(cidr('0.0.0.0/0'), address('fd00::1'))).toBe(false);
  });
});

describe('properties', () => {
  const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
  const networks = fc.tuple(octets, fc.nat(32)).map(([ip, prefix]) => `${ip}/${prefix}`);

  test('overlap is symmetric, and a network overlaps itself', () => {
    fc.assert(
      fc.property(networks, networks, (one, other) => {
        expect(overlaps(cidr(one), cidr(other))).toBe(overlaps(cidr(other), cidr(one)));
        expect(overlaps(cidr(one), cidr(one))).toBe(true);
      }),
    );
  });

  test('an address has one normalised spelling', () => {
    fc.assert(
      fc.property(fc.ipV6(), (ip) => {
        const once = normalisedAddress(ip);
        expect(normalisedAddress(once)).toBe(once);
        expect(normalisedAddress(ip.toUpperCase())).toBe(once);
      }),
    );
  });

  test('any text has a family only if it is an address or a CIDR', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const isEither = parseAddress(text) !== undefined || parseCidr(text) !== undefined;
        expect(familyOf(text) !== undefined).toBe(isEither);
      }),
    );
  });
});
