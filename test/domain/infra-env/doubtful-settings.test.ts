import { describe, expect, test } from 'vitest';
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

test('a certificate that nobody can read, as an earlier version may have stored, keeps nothing from being made', () => {
  const additional_trust_bundle = certificate.replaceAll(/^MII.*$/gm, 'AAAA');
  expect(doubtfulSettings({ additional_trust_bundle }, later)).toEqual([]);
});

describe('a static address', () => {
  const networks = (...subnets: readonly string[]) => ({
    static_network_config: subnets.map((subnet, host) => {
      const [ip, prefix] = subnet.split('/');
      const address = `[{ip: "${ip}", prefix-length: ${prefix}}]`;
      const family = subnet.includes(':') ? 'ipv6' : 'ipv4';
      const routes = '[{destination: 0.0.0.0/0, next-hop-address: 192.0.2.1, next-hop-interface: eth0}]';
      return {
        network_yaml: `interfaces: [{name: eth0, ${family}: {enabled: true, address: ${address}}}]\nroutes: {config: ${routes}}`,
        mac_interface_map: [{ mac_address: `52:54:00:00:00:0${host}`, logical_nic_name: 'eth0' }],
      };
    }),
  });

  test.each([
    ['192.0.2.0/24', 'the address of its network itself'],
    ['192.0.2.255/24', 'the broadcast address of its network'],
    ['192.0.2.1/24', "the gateway's own address"],
  ])('%s is taken and said to be no host’s', (subnet, place) => {
    expect(doubtfulSettings(networks('192.0.2.5/24', subnet), now)).toEqual([
      `static_network_config: host 1 has ${subnet}, ${place}`,
    ]);
  });

  test.each(['192.0.2.255/23', '192.0.2.0/31', '192.0.2.9/32', '2001:db8::/64'])('%s is not doubted', (subnet) => {
    expect(doubtfulSettings(networks(subnet), now)).toEqual([]);
  });
});

test('what works on a host is not doubted', () => {
  const settings = { ssh_authorized_key: `${rsaKey()}\n${ed25519Key()}`, additional_trust_bundle: certificate };
  expect(doubtfulSettings(settings, now)).toEqual([]);
});
