import { describe, expect, it } from 'vitest';
import { textResource } from '#domain/host/text-resource.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';
import { rendezvousAddress, rendezvousAddressIn, withRendezvousOf } from '#domain/ignition/rendezvous.ts';

const environment = '/etc/assisted/rendezvous-host.env';
const template = `${environment}.template`;

const host = (...interfaces: string[]) => ({
  network_yaml: `interfaces: [${interfaces.join()}]`,
  mac_interface_map: [],
});
const card = (ipv4: string, ipv6 = 'enabled: false') => `{name: eth0, ipv4: {${ipv4}}, ipv6: {${ipv6}}}`;
const address = (ip: string) => `enabled: true, address: [{ip: '${ip}', prefix-length: 24}]`;

describe('the address that the hosts meet at', () => {
  it.each([
    ['nothing: to be asked for', [], undefined],
    ['DHCP alone: to be asked for', [host(card('enabled: true, dhcp: true'))], undefined],
    [
      "the first host's, in the user's order",
      [host(card(address('192.0.2.9'))), host(card(address('192.0.2.1')))],
      '192.0.2.9',
    ],
    ["the next host's behind one with DHCP", [host(card('dhcp: true')), host(card(address('192.0.2.1')))], '192.0.2.1'],
    ['of the second card', [host(card('enabled: false'), card(address('192.0.2.1')))], '192.0.2.1'],
    ['the IPv4 one of a card with both', [host(card(address('192.0.2.1'), address('2001:db8::1')))], '192.0.2.1'],
    [
      'no address of a family that is off',
      [host(card("enabled: false, address: [{ip: '192.0.2.1'}]", address('2001:DB8::1')))],
      '2001:db8::1',
    ],
    ['no loopback', [host(card(address('127.0.0.1')), card(address('192.0.2.1')))], '192.0.2.1'],
    ['no link-local one of IPv6', [host(card('enabled: false', address('fe80::1')))], undefined],
  ])('is, given %s', (_, static_network_config, expected) => {
    expect(rendezvousAddress({ static_network_config })?.toString()).toBe(expected);
  });

  it("is the user's, whatever the networks are", () => {
    const static_network_config = [host(card(address('192.0.2.9')))];
    expect(String(rendezvousAddress({ static_network_config, rendezvous_ip: '2001:DB8::7' }))).toBe('2001:db8::7');
  });
});

const anIgnition = (files: Readonly<Record<string, string>>): Ignition => ({
  ignition: { version: '3.2.0' },
  storage: { files: Object.entries(files).map(([path, text]) => ({ path, contents: textResource(text) })) },
});

describe('the files of the rendezvous host from a run of their own', () => {
  it.each([
    ['an environment for a template', { [template]: 'a' }, { [environment]: 'b' }],
    ['a template for an environment', { [environment]: 'a' }, { [template]: 'b' }],
    ['one environment for another', { [environment]: 'a' }, { [environment]: 'b' }],
    ['both, of a binary that writes both', { [environment]: 'a' }, { [environment]: 'b', [template]: 'c' }],
  ])('replace those of the first run: %s', (_, first, second) => {
    const [base, run] = [
      anIgnition({ '/etc/a': '1', ...first, '/etc/b': '2' }),
      anIgnition({ '/etc/c': '3', ...second }),
    ];
    expect(withRendezvousOf(base, run)).toEqual(anIgnition({ '/etc/a': '1', '/etc/b': '2', ...second }));
  });

  it('are found in an ignition without any other', () => {
    const none: Ignition = { ignition: { version: '3.2.0' } };
    expect(withRendezvousOf(none, none)).toEqual(anIgnition({}));
  });
});

describe('the address in an ignition', () => {
  it.each([
    ['no file', {}, undefined],
    ['a template alone', { [template]: 'NODE_ZERO_IP=192.0.2.1\n' }, undefined],
    ['a placeholder', { [environment]: 'NODE_ZERO_IP={{.RendezvousIP}}\n' }, undefined],
    ['no value', { [environment]: 'NODE_ZERO_IP=\nSERVICE_BASE_URL=http://:8090/\n' }, undefined],
    ['IPv4', { [environment]: 'A=1\nNODE_ZERO_IP=192.0.2.1\n' }, '192.0.2.1'],
    ['IPv6', { [environment]: 'NODE_ZERO_IP=2001:DB8::1\n' }, '2001:db8::1'],
  ])('%s', (_, files, expected) => {
    expect(rendezvousAddressIn(anIgnition(files))?.toString()).toBe(expected);
  });
});
