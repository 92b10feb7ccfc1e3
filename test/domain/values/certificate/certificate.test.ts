import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { faultOfCertificate } from '#domain/values/certificate/certificate.ts';
import {
  critical,
  curveKey,
  der,
  extension,
  identifier,
  integer,
  madeCertificate,
  nameOf,
  sequence,
  spki,
  validity,
} from './made-certificate.ts';

const bytes = (...values: readonly number[]) => Buffer.from(values);
const names = (...parts: readonly Buffer[]) => extension('551d11', sequence(...parts));
const constraint = (tag: number, value: Buffer | string) =>
  extension('551d1e', sequence(der(0xa0, sequence(der(tag, value)))), critical);
const policy = sequence(identifier('2a0304'));
const basic = extension('551d13', sequence(critical), critical);

describe('a certificate that Go reads', () => {
  test.each([
    ['of version 3 without extensions', madeCertificate()],
    ['of version 1', madeCertificate({ version: Buffer.alloc(0) })],
    ['with the serial number 0', madeCertificate({ serial: integer(0) })],
    ['with a serial number of 30 bytes', madeCertificate({ serial: integer(...new Array(30).fill(0x7f)) })],
    ['with a positive serial number whose first bit would be set', madeCertificate({ serial: integer(0, 0xfb) })],
    ['valid from 1950', madeCertificate({ validity: validity(der(0x17, '500101000000Z')) })],
    [
      'valid until 9999',
      madeCertificate({ validity: validity(der(0x17, '260101000000Z'), der(0x18, '99991231235959Z')) }),
    ],
    ['of a leap day', madeCertificate({ validity: validity(der(0x17, '240229000000Z')) })],
    ['whose name has a * and an &', madeCertificate({ subject: nameOf(0x13, '*.a & b') })],
    ['whose name is in T.61', madeCertificate({ subject: nameOf(0x14, 'B\xfcro') })],
    ['with an RSA key', madeCertificate({ key: spki(generateKeyPairSync('rsa', { modulusLength: 2048 })) })],
    ['on P-224', madeCertificate({ key: curveKey('secp224r1') })],
    ['on P-384', madeCertificate({ key: curveKey('P-384') })],
    ['on P-521', madeCertificate({ key: curveKey('P-521') })],
    ['with an Ed25519 key', madeCertificate({ key: spki(generateKeyPairSync('ed25519')) })],
    ['with a key of a kind that Go passes over', madeCertificate({ key: spki(generateKeyPairSync('ed448')) })],
    ['that may sign', madeCertificate({ extensions: [basic, extension('551d0f', der(0x03, bytes(1, 6)), critical)] })],
    [
      'with names',
      madeCertificate({ extensions: [names(der(0x82, 'a.lab'), der(0x87, bytes(10, 0, 0, 1)), der(0x86, 'urn:a:b'))] }),
    ],
    ['with constraints', madeCertificate({ extensions: [constraint(0x82, '.lab')] })],
    [
      'with an unknown extension',
      madeCertificate({ extensions: [extension('2a0304', Buffer.from('anything'), critical)] }),
    ],
  ])('%s', (_, certificate) => {
    expect(faultOfCertificate(certificate)).toBeUndefined();
  });
});

const other = 'is not an X.509 certificate';

describe('a certificate that Go does not read', () => {
  test.each([
    ['negative serial number', { serial: integer(0xfb) }, 'has a negative serial number'],
    ['serial number with a byte too many', { serial: integer(0, 1) }, 'has a malformed serial number'],
    ['serial number of no bytes', { serial: integer() }, 'has a malformed serial number'],
    ['version 4', { version: der(0xa0, integer(3)) }, 'has a version other than 1 to 3'],
    ['length in more bytes than it takes', { serial: bytes(0x02, 0x81, 0x01, 0x01) }, other],
    ['length that is not said', { issuer: bytes(0x30, 0x80, 0, 0) }, other],
    [
      'two algorithms',
      { signatureAlgorithm: sequence(identifier('2a8648ce3d040303')) },
      'names two different signature algorithms',
    ],
    ['31 February', { validity: validity(der(0x17, '260231000000Z')) }, 'has a malformed validity'],
    ['time without seconds', { validity: validity(der(0x17, '2602010000Z')) }, 'has a malformed validity'],
    ['time with fractions', { validity: validity(der(0x18, '20260101000000.5Z')) }, 'has a malformed validity'],
    ['time of another zone', { validity: validity(der(0x17, '260101000000+0100')) }, 'has a malformed validity'],
    [
      'underscore where the type of string has none',
      { subject: nameOf(0x13, 'My_CA') },
      'has a malformed name of its subject: a string has characters that its type does not allow',
    ],
    [
      'broken UTF-8',
      { issuer: nameOf(0x0c, bytes(0xc3)) },
      'has a malformed name of its issuer: a string has characters that its type does not allow',
    ],
    [
      'kind of string that Go does not know',
      { issuer: nameOf(0x1c, bytes(0, 0, 0, 65)) },
      'has a malformed name of its issuer: a string has characters that its type does not allow',
    ],
    [
      'curve that Go does not know',
      { key: curveKey('secp256k1') },
      'has an elliptic curve other than P-224, P-256, P-384 and P-521',
    ],
    [
      'curve by its parameters',
      { key: curveKey('P-256', 'explicit') },
      'gives its elliptic curve by parameters instead of a name',
    ],
    [
      'point of one coordinate',
      {
        key: sequence(
          sequence(identifier('2a8648ce3d0201'), identifier('2a8648ce3d030107')),
          der(0x03, bytes(0, 2), Buffer.alloc(32, 1)),
        ),
      },
      'has a point of an elliptic curve in compressed form',
    ],
    [
      'point off its curve',
      {
        key: sequence(
          sequence(identifier('2a8648ce3d0201'), identifier('2a8648ce3d030107')),
          der(0x03, bytes(0, 4), Buffer.alloc(64, 1)),
        ),
      },
      other,
    ],
    [
      'RSA key without NULL',
      {
        key: sequence(
          sequence(identifier('2a864886f70d010101')),
          der(0x03, bytes(0), sequence(integer(0x7f, ...new Array(127).fill(1)), integer(1, 0, 1))),
        ),
      },
      'has an RSA key without the NULL parameters',
    ],
    ['extension twice', { extensions: [basic, basic] }, 'has an extension twice'],
    [
      'flag that is neither true nor false',
      { extensions: [extension('551d13', sequence(der(0x01, bytes(1))))] },
      'has a malformed extension',
    ],
    [
      'address of five bytes',
      { extensions: [names(der(0x87, bytes(1, 2, 3, 4, 5)))] },
      'has malformed subject alternative names',
    ],
    [
      'name outside of ASCII',
      { extensions: [names(der(0x82, 'b\xfcro.lab'))] },
      'has malformed subject alternative names',
    ],
    ['URI with a blank', { extensions: [names(der(0x86, 'http://a b/'))] }, 'has malformed subject alternative names'],
    ['constraint with an empty label', { extensions: [constraint(0x82, 'a..lab')] }, 'has malformed name constraints'],
    [
      'constraint with a torn mask',
      { extensions: [constraint(0x87, bytes(10, 0, 0, 0, 255, 0, 255, 0))] },
      'has malformed name constraints',
    ],
    [
      'policy twice',
      { extensions: [extension('551d20', sequence(policy, policy))] },
      'names a certificate policy twice',
    ],
    [
      'critical key identifier',
      { extensions: [extension('551d0e', der(0x04, 'id'), critical)] },
      'calls an extension critical that must not be',
    ],
    ['signature with loose bits', { signature: der(0x03, bytes(1, 1)) }, other],
  ])('%s', (_, fields, fault) => {
    const certificate = madeCertificate(fields);
    expect(faultOfCertificate(certificate)?.startsWith(fault)).toBe(true);
  });

  it('that has bytes behind its end', () => {
    expect(faultOfCertificate(Buffer.concat([madeCertificate(), der(0x05)]))).toBe(other);
  });
});

test('whatever the bytes are, they are judged and nothing else is thrown', () => {
  const certificate = madeCertificate({ extensions: [basic, constraint(0x82, '.lab'), names(der(0x82, 'a.lab'))] });
  fc.assert(
    fc.property(fc.nat(certificate.length - 1), fc.nat(255), fc.nat(certificate.length), (at, byte, length) => {
      const changed = Buffer.from(certificate).fill(byte, at, at + 1);
      for (const tried of [changed, changed.subarray(0, length)]) expect(() => faultOfCertificate(tried)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});
