import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkSshKeys } from '#domain/values/ssh-key.ts';
import {
  dsaKey,
  ecdsaKey,
  ecdsaPoint,
  ed25519Key,
  mpint,
  rsaKey,
  rsaModulus,
  sshBlob,
  sshLine,
} from './openssh-key.ts';
import { refusalOf } from './refusal.ts';

const unsupported = (key: string) =>
  `SSH key: ${key} does not match any supported type: ssh-rsa, ssh-ed25519, ecdsa-[VARIANT]`;

describe('SSH keys that are accepted', () => {
  test.each([
    ['ssh-ed25519', ed25519Key()],
    ['ssh-rsa', rsaKey()],
    ['ecdsa-sha2-nistp256', ecdsaKey(256)],
    ['ecdsa-sha2-nistp384', ecdsaKey(384)],
    ['ecdsa-sha2-nistp521', ecdsaKey(521)],
    ['ssh-dss', dsaKey()],
    ['a key without a comment', ed25519Key('')],
    ['a comment of several words, quotes and other scripts', ed25519Key('Ada\'s "laptop" – büro')],
  ])('%s', (_, key) => {
    expect(checkSshKeys(key)).toBe(key);
  });

  it('several keys, one per line, come back trimmed and joined by one line feed', () => {
    const [first, second] = [ed25519Key(), rsaKey()];
    expect(checkSshKeys(`\n  ${first} \r\n\t${second}\n\n`)).toBe(`${first}\n${second}`);
  });
});

describe('SSH keys that are refused', () => {
  const key = ed25519Key();
  const [type = '', encoded = ''] = key.split(' ');
  const off = ecdsaPoint(256).fill(1, 40);
  const rsa = (exponent: Buffer) => sshLine('ssh-rsa', sshBlob('ssh-rsa', exponent, rsaModulus()));

  test.each([
    ['nothing', '   ', unsupported('')],
    ['something else', 'hello', unsupported('hello')],
    ['an unknown type', 'ssh-foo AAAA', unsupported('ssh-foo AAAA')],
    ['a security key', `sk-ssh-ed25519@openssh.com ${encoded}`, unsupported(`sk-ssh-ed25519@openssh.com ${encoded}`)],
    ['options in front', `no-pty ${key}`, unsupported(`no-pty ${key}`)],
    ['a blank line inside', `${key}\n\n${key}`, unsupported('')],
    ['a good key followed by a bad one', `${key}\nhello`, unsupported('hello')],
    ['two spaces before the key', `${type}  ${encoded}`, unsupported(`${type}  ${encoded}`)],
    [
      'a private key, which is not repeated',
      '-----BEGIN OPENSSH PRIVATE KEY----- c2VjcmV0',
      'SSH key: a private key was given where a public one belongs',
    ],
  ])('%s', (_, text, message) => {
    expect(refusalOf(() => checkSshKeys(text))).toBe(message);
  });

  test.each([
    ['cut off', `${type} ${encoded.slice(0, -4)}`, 'the key is cut off or has bytes too many'],
    [
      'too long',
      sshLine(type, Buffer.concat([Buffer.from(encoded, 'base64'), Buffer.alloc(2)])),
      'the key is cut off or has bytes too many',
    ],
    [
      'with a field too many',
      sshLine(type, Buffer.concat([Buffer.from(encoded, 'base64'), sshBlob('x')])),
      'the key is not a valid ssh-ed25519 key',
    ],
    ['badly padded', `${type} ${encoded}==`, 'the key is not base64-encoded'],
    ['with a short body', sshLine(type, sshBlob(type, Buffer.alloc(31))), 'the key is not a valid ssh-ed25519 key'],
    [
      'with another type inside',
      sshLine('ssh-rsa', sshBlob('ssh-rsa-cert', Buffer.from([3]), rsaModulus())),
      undefined,
    ],
    ['with an even exponent', rsa(Buffer.from([4])), 'the key is not a valid ssh-rsa key'],
    ['with a negative exponent', rsa(Buffer.from([0x81])), 'the key is not a valid ssh-rsa key'],
    ['with an exponent of 25 bits', rsa(Buffer.from([1, 0, 0, 1])), 'the key is not a valid ssh-rsa key'],
    ['without an exponent', rsa(Buffer.alloc(0)), 'the key is not a valid ssh-rsa key'],
    ['whose point is off the curve', ecdsaKey(256, off), 'the key is not a valid ecdsa-sha2-nistp256 key'],
    [
      'whose point is of another curve',
      ecdsaKey(256, ecdsaPoint(384)),
      'the key is not a valid ecdsa-sha2-nistp256 key',
    ],
    [
      'whose point is compressed',
      ecdsaKey(256, ecdsaPoint(256).fill(2, 0, 1)),
      'the key is not a valid ecdsa-sha2-nistp256 key',
    ],
    ['of DSA with 2048 bits', dsaKey(2048), 'the key is not a valid ssh-dss key'],
    ['with a tab in the comment', ed25519Key('a\tb'), 'the comment has control characters'],
  ])('a key %s', (_, text, fault) => {
    const message = refusalOf(() => checkSshKeys(text));
    expect(message).toBe(
      fault === undefined ? unsupported(text) : `Malformed SSH key: ${text.replace('\t', '\uFFFD')}: ${fault}`,
    );
  });

  it('a text of any length gives a message of bounded length', () => {
    expect(refusalOf(() => checkSshKeys('x'.repeat(1_000_000)))?.length).toBeLessThan(1200);
  });
});

test('no accepted comment holds a control character or ends a line', () => {
  const key = ed25519Key('');
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.oneof(
          fc.constantFrom('\n', '\r', '\t', '\0', '\u0085', '\u2028', '\uFEFF', ' '),
          fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        ),
      }),
      (comment) => {
        const text = `${key} ${comment}`;
        if (refusalOf(() => checkSshKeys(text)) === undefined) {
          expect(checkSshKeys(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/u);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('an mpint is read as positive only when its first bit is clear', () => {
  const modulus = Buffer.alloc(256, 0xff);
  const keyOf = (n: Buffer) => sshLine('ssh-rsa', sshBlob('ssh-rsa', Buffer.from([3]), n));
  expect(refusalOf(() => checkSshKeys(keyOf(mpint(modulus))))).toBeUndefined();
  expect(refusalOf(() => checkSshKeys(keyOf(modulus)))).toContain('not a valid ssh-rsa key');
});
