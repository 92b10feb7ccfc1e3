import { dump } from 'js-yaml';
import { describe, expect, it, test } from 'vitest';
import { doubtfulSettings } from '#domain/infra-env/doubtful-settings.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { judgeRendezvousIp } from '#domain/infra-env/rendezvous-ip.ts';
import { checkStaticNetwork } from '#domain/infra-env/static-network.ts';
import { refusalOf } from '../values/refusal.ts';

type Networks = NonNullable<InfraEnvSettings['static_network_config']>;

const families = (ip: string) => {
  const address = [{ ip, 'prefix-length': ip.includes(':') ? 64 : 24 }];
  return { [ip.includes(':') ? 'ipv6' : 'ipv4']: { enabled: true, dhcp: false, address } };
};
const card = (name: string, ip?: string, more: object = {}) => ({
  name,
  type: 'ethernet',
  ...(ip === undefined ? {} : families(ip)),
  ...more,
});
const gateway = (address: string, more: object = {}) => ({
  destination: address.includes(':') ? '::/0' : '0.0.0.0/0',
  'next-hop-address': address,
  'next-hop-interface': 'eth0',
  ...more,
});
const macOf = (host: number, nic: number) => `52:54:00:00:0${nic}:0${host}`;

/** Two hosts that differ in nothing but the MAC addresses of their cards. */
const twice = (interfaces: readonly { readonly name: string }[], ...routes: readonly object[]): Networks =>
  [0, 1].map((host) => ({
    network_yaml: dump({ interfaces, ...(routes.length === 0 ? {} : { routes: { config: routes } }) }),
    mac_interface_map: interfaces.map(({ name }, nic) => ({ mac_address: macOf(host, nic), logical_nic_name: name })),
  }));

const refusal = (hosts: Networks) => refusalOf(() => checkStaticNetwork(hosts));
const doubts = (hosts: Networks) => doubtfulSettings({ static_network_config: hosts }, new Date());
const belongs = (ip: string) => `\t* address ${ip} of host 1 belongs to host 0 already\n`;

describe('an address that two hosts have in the network of the nodes is refused', () => {
  test.each([
    ['the only one of each', twice([card('eth0', '192.0.2.5')]), '192.0.2.5'],
    [
      'beside the gateway of each',
      twice([card('eth0', '192.0.2.5'), card('eth1', '198.51.100.5')], gateway('192.0.2.1')),
      '192.0.2.5',
    ],
    ['of IPv6, beside its gateway', twice([card('eth0', '2001:db8::5')], gateway('2001:db8::1')), '2001:db8::5'],
    [
      'on the port of an Open vSwitch bridge',
      twice([card('eth0'), card('br-ex', '192.0.2.5', { type: 'ovs-interface' })], gateway('192.0.2.1')),
      '192.0.2.5',
    ],
    ['beside an address within each host', twice([card('eth0', '192.0.2.5'), card('lo', '127.0.0.2')]), '192.0.2.5'],
  ])('%s', (_, hosts, ip) => {
    expect(refusal(hosts)).toContain(belongs(ip));
  });
});

describe('an address that two hosts may have on cables of their own is taken, and said to be doubtful', () => {
  test.each([
    ['beside the network of the nodes', twice([card('eth0', '192.0.2.5'), card('eth1', '198.51.100.5')])],
    [
      'on a network without the gateway',
      twice([card('eth0', undefined, { ipv4: { enabled: true, dhcp: true } }), card('eth1', '198.51.100.5')]),
    ],
    [
      'beside the gateway of a VRF',
      twice(
        [card('eth0', undefined, { ipv4: { enabled: true, dhcp: true } }), card('eth1', '198.51.100.5')],
        gateway('198.51.100.1', { 'table-id': 100 }),
      ),
    ],
  ])('%s', (_, hosts) => {
    expect(refusal(hosts)).toBeUndefined();
    expect(doubts(hosts)).toContain(
      'static_network_config: hosts 0 and 1 both have the address 198.51.100.5, which works only where no network connects the two',
    );
  });

  it('as are MAC addresses that two hosts give to an interface', () => {
    const hosts = twice([card('eth0', undefined, { 'mac-address': '52:54:00:AA:BB:CC' })]);
    expect(refusal(hosts)).toBeUndefined();
    expect(doubts(hosts)).toEqual([
      expect.stringMatching(/^static_network_config: hosts 0 and 1 both have the MAC address 52:54:00:aa:bb:cc, /),
    ]);
  });
});

test.each([
  ['loopback addresses', twice([card('eth0'), card('lo', '127.0.0.2', { type: 'loopback' })])],
  ['link-local addresses', twice([card('eth0', 'fe80::1')])],
  ['an address for every node, on no cable', twice([card('eth0'), card('any', '192.0.2.5', { type: 'dummy' })])],
  [
    'the bridge of virtual machines, on no cable',
    twice([card('eth0'), card('virbr0', '192.168.122.1', { type: 'linux-bridge', bridge: { port: [] } })]),
  ],
])('what every host has, nobody doubts: %s', (_, hosts) => {
  expect(refusal(hosts)).toBeUndefined();
  expect(doubts(hosts)).toEqual([]);
});

describe('a rendezvous address', () => {
  const judge = (hosts: Networks) =>
    refusalOf(() =>
      judgeRendezvousIp({ rendezvous_ip: '198.51.100.5', static_network_config: hosts }, 'disconnected-iso'),
    );

  it('of two hosts is refused wherever they have it: each would lead an installation', () => {
    expect(judge(twice([card('eth0', '192.0.2.5'), card('eth1', '198.51.100.5')]))).toBe(
      'Invalid rendezvous IP: 198.51.100.5 (must be the address of one host, not of hosts 0 and 1)',
    );
  });

  it('of one host is taken', () => {
    expect(judge(twice([card('eth0', '198.51.100.5')]).slice(1))).toBeUndefined();
  });
});

describe('MAC addresses', () => {
  const mapped = (mac_address: string): Networks =>
    twice([card('eth0', '192.0.2.5')])
      .slice(1)
      .map((host) => ({ ...host, mac_interface_map: [{ mac_address, logical_nic_name: 'eth0' }] }));
  const given = (mac: string) => twice([card('eth0', '192.0.2.5', { 'mac-address': mac })]).slice(1);
  const zeros = 'an address of zeros, which no network card has';
  const group = 'the address of a group, which no network card has';

  test.each([
    ['00:00:00:00:00:00', zeros],
    ['ff:ff:ff:ff:ff:ff', group],
    ['01:00:5e:00:00:01', group],
    ['33:33:00:00:00:01', group],
  ])('that no card has are refused, in the map and in the document: %s', (mac, fault) => {
    for (const hosts of [mapped(mac), given(mac.toUpperCase())]) {
      expect(refusal(hosts)).toContain(`\t* MAC address ${mac} of host 0 is ${fault}\n`);
    }
  });

  it('by which two hosts find a card of theirs are refused', () => {
    const hosts = twice([card('eth0', undefined, { identifier: 'mac-address', 'mac-address': '52:54:00:AA:BB:CC' })]);
    expect(refusal(hosts)).toContain('\t* MAC address 52:54:00:aa:bb:cc of host 1 belongs to host 0 already\n');
  });
});
