import { describe, expect, it, test } from 'vitest';
import { checkTrustBundle } from '#domain/values/trust-bundle.ts';
import { integer, madeCertificate } from './certificate/made-certificate.ts';
import { certificate } from './certificate.ts';
import { refusalOf } from './refusal.ts';

const lines = certificate.split('\n');
const pem = (type: string, bytes: Buffer) =>
  `-----BEGIN ${type}-----\n${bytes.toString('base64')}\n-----END ${type}-----`;
const der = Buffer.from(lines.slice(1, -1).join(''), 'base64');

describe('trust bundles that are accepted', () => {
  test.each([
    ['one certificate', certificate],
    ['several', `${certificate}\n${certificate}`],
    ['comments in front', `# our CA\n${certificate}\n\n# another\n${certificate}`],
    ['Windows line ends', certificate.replaceAll('\n', '\r\n')],
    ['base64 on one line', pem('CERTIFICATE', der)],
  ])('%s', (_, bundle) => {
    expect(checkTrustBundle(bundle)).toBe(bundle);
  });

  it('come back without their indentation', () => {
    const indented = `    # ours\n${certificate.replaceAll(/^/gm, '    ')}\n\t${certificate.replaceAll('\n', '\n\t')}\n`;
    expect(checkTrustBundle(indented)).toBe(`# ours\n${certificate}\n${certificate}`);
  });

  it('come back trimmed', () => {
    expect(checkTrustBundle(`\n ${certificate}\n\n`)).toBe(certificate);
  });
});

describe('trust bundles that are refused', () => {
  test.each([
    ['blank', ' \n', 'invalid block'],
    ['plain text', 'my CA', 'invalid block'],
    ['text behind', `${certificate}\nmy CA`, 'invalid block'],
    ['a block without an end', lines.slice(0, -1).join('\n'), 'invalid block'],
    ['a second block without an end', `${certificate}\n${lines.slice(0, -1).join('\n')}`, 'invalid block'],
    ['a broken block in front', `${lines.slice(0, -1).join('\n')}\n${certificate}`, 'invalid block'],
    ['another end', certificate.replace('END CERTIFICATE', 'END KEY'), 'invalid block'],
    ['foreign characters', certificate.replace('MII', 'M!I'), 'invalid block'],
    ['text in front of a begin', `# ${certificate}`, 'invalid block'],
    ['an end behind the last line', certificate.replace('\n-----END', '-----END'), 'invalid block'],
    ['headers', certificate.replace('\n', '\nProc-Type: 4\n\n'), 'invalid block'],
    ['padding inside', certificate.replace('\n', '\n====\n'), 'invalid block'],
    ['a blank of another script', certificate.replace('MII', 'MI\u00a0I'), 'invalid block'],
    ['line ends without line feeds', certificate.replaceAll('\n', '\r'), 'invalid block'],
    ['control characters', `a\0b\n${certificate}`, 'invalid block'],
    [
      'a key',
      `${certificate}\n${pem('PRIVATE KEY', der)}`,
      'parse failed: block 2 is a PRIVATE KEY, not a CERTIFICATE',
    ],
    [
      'an empty block',
      '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----',
      'parse failed: block 1 is not an X.509 certificate',
    ],
    ['something else', pem('CERTIFICATE', Buffer.from('hello')), 'parse failed: block 1 is not an X.509 certificate'],
    ['half of it', pem('CERTIFICATE', der.subarray(0, 100)), 'parse failed: block 1 is not an X.509 certificate'],
    [
      'bytes too many',
      pem('CERTIFICATE', Buffer.concat([der, Buffer.alloc(3)])),
      'parse failed: block 1 is not an X.509 certificate',
    ],
    [
      'a certificate that Go does not read',
      `${certificate}\n${pem('CERTIFICATE', madeCertificate({ serial: integer(0xfb) }))}`,
      'parse failed: block 2 has a negative serial number',
    ],
  ])('%s', (_, bundle, message) => {
    expect(refusalOf(() => checkTrustBundle(bundle))).toBe(message);
  });
});
