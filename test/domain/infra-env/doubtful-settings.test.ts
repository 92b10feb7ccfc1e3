import { expect, test } from 'vitest';
import { doubtfulSettings } from '#domain/infra-env/doubtful-settings.ts';
import { checkSshKeys } from '#domain/values/ssh-key.ts';
import { certificate } from '../values/certificate.ts';
import { dsaKey, ed25519Key, mpint, rsaKey, sshBlob, sshLine } from '../values/openssh-key.ts';

const now = new Date('2027-01-01T00:00:00Z');
const later = new Date('2127-01-01T00:00:00Z');

const rsaOf = (bits: number) =>
  sshLine('ssh-rsa', sshBlob('ssh-rsa', Buffer.from([1, 0, 1]), mpint(Buffer.alloc(bits / 8, 0xff))));

test.each([
  ['an RSA key of 1,024 bits', rsaOf(1024), 'sshd there takes RSA keys of 2048 bits and more'],
  ['a DSA key', dsaKey(), 'sshd there takes no DSA keys'],
])('%s is taken and said to open no host', (_, weak, reason) => {
  const ssh_authorized_key = checkSshKeys(`${ed25519Key()}\n${weak}`);
  expect(doubtfulSettings({ ssh_authorized_key }, now)).toEqual([
    `ssh_authorized_key: key 2 opens no host, for ${reason}`,
  ]);
});

test('a certificate that has expired is said to have', () => {
  const settings = { additional_trust_bundle: `# ours\n${certificate.replaceAll('\n', '\r\n')}` };
  expect(doubtfulSettings(settings, later)).toEqual([
    'additional_trust_bundle: certificate 1 is no longer valid since 2126-10-29',
  ]);
});

test('what works on a host is not doubted', () => {
  const settings = { ssh_authorized_key: `${rsaKey()}\n${ed25519Key()}`, additional_trust_bundle: certificate };
  expect(doubtfulSettings(settings, now)).toEqual([]);
});
