import { describe, expect, it, test } from 'vitest';
import { missingSettings, withoutPlaceholders } from '#domain/infra-env/complete-settings.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { checkRendezvousIp } from '#domain/infra-env/rendezvous-ip.ts';
import { checkStaticNetwork } from '#domain/infra-env/static-network.ts';
import { refusalOf } from '../values/refusal.ts';

type HostNetwork = NonNullable<InfraEnvSettings['static_network_config']>[number];

const placeholderMac = '01:23:45:67:89:AB';
const realMac = (last: number) => `52:54:00:00:00:0${last}`;

interface Host {
  readonly name?: string;
  readonly ip?: string;
  readonly mac?: string;
}

const host = ({ name = 'eth0', ip = '192.0.2.11', mac = realMac(1) }: Host): HostNetwork => ({
  network_yaml: JSON.stringify({
    interfaces: [
      {
        name,
        type: 'ethernet',
        state: 'up',
        [ip.includes(':') ? 'ipv6' : 'ipv4']: { enabled: true, address: [{ ip, 'prefix-length': 24 }] },
      },
    ],
  }),
  mac_interface_map: [{ mac_address: mac, logical_nic_name: name }],
});
const empty = (network_yaml: string, ...macs: string[]): HostNetwork => ({
  network_yaml,
  mac_interface_map: macs.map((mac_address) => ({ mac_address, logical_nic_name: '' })),
});

const wizard4 = host({ name: 'DUMMY4', ip: '0.0.0.0', mac: placeholderMac });
const wizard6 = host({ name: 'DUMMY6', ip: '0::0', mac: '01:23:45:67:89:AC' });
const bothFamilies: HostNetwork = {
  network_yaml: wizard4.network_yaml,
  mac_interface_map: [...wizard4.mac_interface_map, { mac_address: placeholderMac, logical_nic_name: 'DUMMY6' }],
};

const refusal = (rendezvousIp: string, hosts: readonly HostNetwork[]) =>
  refusalOf(() => {
    checkStaticNetwork(hosts);
    checkRendezvousIp({ rendezvousIp, type: 'disconnected-iso' });
  });

const placeholders: readonly (readonly [string, HostNetwork])[] = [
  ["the web UI's host for IPv4", wizard4],
  ["the web UI's host for IPv6", wizard6],
  ["the web UI's host for both, one MAC address for two names", bothFamilies],
  ['a card that is known and has no address yet', host({ ip: '0.0.0.0' })],
  ['the same for IPv6', host({ ip: '::' })],
  ['an address whose card is not known yet', host({ mac: placeholderMac.toLowerCase() })],
  ['a card that is not known yet, beside one that is', empty(host({}).network_yaml, realMac(1), placeholderMac)],
  ['an address that is not known yet and no card', empty(wizard4.network_yaml)],
  ['nothing but the MAC address', empty('', placeholderMac)],
];

describe.each(placeholders)('a placeholder host: %s', (_, placeholder) => {
  it('is taken, beside any rendezvous address and beside hosts that are known', () => {
    expect(refusal('192.0.2.11', [placeholder])).toBeUndefined();
    expect(refusal('192.0.2.11', [placeholder, placeholder])).toBeUndefined();
    expect(refusal('192.0.2.11', [host({ ip: '192.0.2.12', mac: realMac(2) }), placeholder])).toBeUndefined();
  });

  it('is in nothing that is made, and said to be missing', () => {
    const known = host({ ip: '192.0.2.12', mac: realMac(2) });
    const settings = { rendezvous_ip: '192.0.2.12', static_network_config: [placeholder, known] };
    expect(withoutPlaceholders(settings)).toEqual({ ...settings, static_network_config: [known] });
    expect(withoutPlaceholders({ rendezvous_ip: '192.0.2.12', static_network_config: [placeholder] })).toEqual({
      rendezvous_ip: '192.0.2.12',
    });
    expect(missingSettings(settings)).toEqual([expect.stringMatching(/^static_network_config: host 0 is left out, /)]);
  });
});

test.each([
  ['a name that a placeholder would have', host({ name: 'DUMMY4' })],
  [
    'a family that is switched off',
    {
      ...host({}),
      network_yaml: 'interfaces: [{name: eth0, ipv4: {enabled: false, address: [{ip: 0.0.0.0}]}}]',
    },
  ],
  ['DHCP', { ...host({}), network_yaml: 'interfaces: [{name: eth0, ipv4: {enabled: true, dhcp: true}}]' }],
])('%s makes no placeholder', (_, known) => {
  const settings = { static_network_config: [known] };
  expect(withoutPlaceholders(settings)).toEqual(settings);
  expect(missingSettings(settings)).toEqual([]);
});

test('what a placeholder says so far has to be readable', () => {
  const broken = { ...wizard4, network_yaml: 'interfaces:\n- [' };
  expect(refusal('192.0.2.11', [broken])).toContain('failed to validate network yaml for host 0, yaml: line 2:');
});

test('the rest of the hosts is judged as ever', () => {
  expect(refusal('192.0.2.11', [wizard4, empty('interfaces: []')])).toContain('interface for host 1 must be provided');
});

describe('a rendezvous address', () => {
  const missing = (rendezvous_ip: string, ...hosts: HostNetwork[]) =>
    missingSettings({ rendezvous_ip, static_network_config: hosts });
  const gap = (ip: string) => `rendezvous_ip: ${ip} is an address of none of the hosts in static_network_config`;
  const dynamic = { ...host({}), network_yaml: 'interfaces: [{name: eth0, ipv4: {enabled: true, dhcp: true}}]' };

  it('that belongs to none of the hosts is taken, and said once all of their addresses are known', () => {
    const other = host({ ip: '192.0.2.12' });
    expect(refusal('192.0.2.11', [other])).toBeUndefined();
    expect(missing('192.0.2.11', other)).toEqual([gap('192.0.2.11')]);
    expect(missing('192.0.2.11', wizard4, other)).toContain(gap('192.0.2.11'));
    expect(missing('192.0.2.11', wizard4)).toHaveLength(1);
    expect(missing('192.0.2.11', other, dynamic)).toEqual([]);
  });

  it('is one of a host however it is written', () => {
    expect(missing('2001:DB8::2', host({ ip: '2001:db8:0::2' }))).toEqual([]);
  });
});
