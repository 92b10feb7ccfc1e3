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

describe('a host that reaches nobody', () => {
  const network = (yaml: string) => ({
    static_network_config: [
      {
        network_yaml: yaml,
        mac_interface_map: [{ mac_address: '52:54:00:00:00:01', logical_nic_name: 'eth0' }],
      },
    ],
  });
  const card = (ip: string, more = '') => `{name: eth0, ipv4: {enabled: true, address: [{ip: ${ip}}]${more}}}`;
  const gateway = (via: string) =>
    `routes: {config: [{destination: 0.0.0.0/0, next-hop-address: ${via}, next-hop-interface: eth0}]}`;
  const servers = (...addresses: readonly string[]) =>
    `dns-resolver: {config: {server: [${addresses.map((address) => `"${address}"`).join()}]}}`;
  const usual = card('192.0.2.5, prefix-length: 24');

  test.each([
    [
      'a gateway elsewhere',
      `[${usual}]\n${gateway('198.51.100.1')}`,
      'the gateway 198.51.100.1, which is in none of its networks',
    ],
    ['a loopback address on a card', `[${card('127.0.0.2, prefix-length: 8')}]`, '127.0.0.2/8, a loopback address'],
    ['a group’s address', `[${card('224.0.0.5, prefix-length: 24')}]`, '224.0.0.5/24, a multicast address'],
    [
      'an unspecified name server',
      `[${usual}]\n${servers('192.0.2.53', '0.0.0.0')}`,
      'the name server 0.0.0.0, an unspecified address',
    ],
    [
      'a link-local name server without its zone',
      `[${usual}]\n${servers('fe80::1')}`,
      'the name server fe80::1, a link-local address',
    ],
  ])('for %s is said to', (_, yaml, doubt) => {
    expect(doubtfulSettings(network(`interfaces: ${yaml}`), now)).toEqual([
      `static_network_config: host 0 has ${doubt}`,
    ]);
  });

  test.each([
    ['a gateway of its network', `[${usual}]\n${gateway('192.0.2.1')}`],
    [
      'further addresses by DHCP',
      `[${card('192.0.2.5, prefix-length: 24', ', dhcp: true')}]\n${gateway('198.51.100.1')}`,
    ],
    ['an address without a network', `[${card('192.0.2.5, prefix-length: 32')}]\n${gateway('198.51.100.1')}`],
    ['no address of the gateway’s family', `[{name: eth0, ipv6: {enabled: true}}]\n${gateway('192.0.2.1')}`],
    [
      'a link-local gateway',
      '[{name: eth0, ipv6: {enabled: true, address: [{ip: "2001:db8::5", prefix-length: 64}]}}]\nroutes: {config: [{destination: "::/0", next-hop-address: "fe80::1", next-hop-interface: eth0}]}',
    ],
    ['a link-local name server with its zone', `[${usual}]\n${servers('fe80::1%eth0')}`],
    [
      'a loopback interface',
      '[{name: lo, type: loopback, ipv4: {enabled: true, address: [{ip: 127.0.0.2, prefix-length: 8}]}}]',
    ],
  ])('is not suspected for %s', (_, yaml) => {
    expect(doubtfulSettings(network(`interfaces: ${yaml}`), now)).toEqual([]);
  });
});

describe('an override', () => {
  const settings = (config: object) => ({
    ignition_config_override: JSON.stringify({ ignition: { version: '3.2.0' }, ...config }),
  });
  const file = (members: object) => ({ storage: { files: [{ path: '/etc/a', ...members }] } });
  const unit = (contents: string, more = {}) => ({
    systemd: { units: [{ name: 'a.service', enabled: true, contents, ...more }] },
  });
  const user = (members: object) => ({ passwd: { users: [{ name: 'core', ...members }] } });
  const service = '[Service]\nExecStart=/bin/true\n';

  test.each([
    [
      'a source elsewhere',
      file({ contents: { source: 'https://canary.lab/a' } }),
      '$.storage.files.0.contents.source is fetched over https: a host that reaches no such server never ends booting',
    ],
    [
      'a config elsewhere',
      { ignition: { version: '3.2.0', config: { merge: [{ source: 'tftp://canary.lab/a' }] } } },
      '$.ignition.config.merge.0.source is fetched over tftp: a host that reaches no such server never ends booting',
    ],
    [
      'an octal mode as a decimal number',
      file({ mode: 644 }),
      '$.storage.files.0.mode is the decimal number 644: the octal mode 0644 is 420',
    ],
    [
      'a password in the place of its hash',
      user({ passwordHash: 'canary' }),
      '$.passwd.users.0.passwordHash is not a hash: no password opens the account',
    ],
    [
      'a key that is none',
      user({ sshAuthorizedKeys: ['canary'] }),
      '$.passwd.users.0.sshAuthorizedKeys.0 is not a public key',
    ],
    [
      'a unit that nothing starts',
      unit(service),
      '$.systemd.units.0 is enabled and has no [Install] section, so that nothing starts it',
    ],
  ])('with %s is taken and its place is named, without the value', (_, config, doubt) => {
    expect(doubtfulSettings(settings(config), now)).toEqual([`ignition_config_override: ${doubt}`]);
  });

  test.each([
    ['content of its own', file({ mode: 420, contents: { source: 'data:,a' }, append: [] })],
    ['an unusual mode', file({ mode: 0o1755 })],
    ['hash and key', user({ passwordHash: '$6$a$b', sshAuthorizedKeys: [`restrict ${ed25519Key()}`] })],
    ['a locked account', user({ passwordHash: '!' })],
    ['a unit that is wanted', unit(`${service}[Install]\nWantedBy=multi-user.target\n`)],
    ['a unit that a drop-in makes wanted', unit(service, { dropins: [{ name: 'a.conf', contents: '[Install]\n' }] })],
    ['a unit of the ISO', { systemd: { units: [{ name: 'sshd.service', enabled: true }] } }],
  ])('with %s is not doubted', (_, config) => {
    expect(doubtfulSettings(settings(config), now)).toEqual([]);
  });

  test('with a key twice, as an earlier version may have stored it, keeps nothing from being made', () => {
    const ignition_config_override = '{"ignition":{"version":"3.2.0"},"passwd":{},"passwd":{}}';
    expect(doubtfulSettings({ ignition_config_override }, now)).toEqual([]);
  });
});

test('what works on a host is not doubted', () => {
  const settings = { ssh_authorized_key: `${rsaKey()}\n${ed25519Key()}`, additional_trust_bundle: certificate };
  expect(doubtfulSettings(settings, now)).toEqual([]);
});
