import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStaticNetwork, staticAddresses } from '#domain/infra-env/static-network.ts';
import { emptyHost, type HostDraft } from '#web/wizard/network/host-draft.ts';
import { networkOf } from '#web/wizard/network/host-network.ts';
import { hostOf } from '#web/wizard/network/host-reading.ts';
import { hostProblems } from '#web/wizard/network/host-rules.ts';

const byte = fc.integer({ min: 0, max: 255 });
const mac = fc
  .tuple(byte, byte)
  .map((ends) => `52:54:00:00:${ends.map((end) => end.toString(16).padStart(2, '0')).join(':')}`);
const ipv4 = fc.integer({ min: 1, max: 254 }).map((last) => `192.0.2.${last}`);
const ipv6 = fc.integer({ min: 1, max: 0xffff }).map((last) => `2001:db8::${last.toString(16)}`);
const orNothing = (text: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), text);

const host: fc.Arbitrary<HostDraft> = fc
  .record({
    mac,
    address: fc.oneof(
      fc.constant(''),
      ipv4.map((ip) => `${ip}/24`),
      fc.tuple(ipv4, ipv6).map(([four, six]) => `${four}/24, ${six}/64`),
    ),
    gateway: orNothing(ipv4),
    dns: orNothing(fc.tuple(ipv4, ipv6).map((servers) => servers.join(', '))),
    vlan: orNothing(fc.integer({ min: 1, max: 4094 }).map(String)),
    bond: fc.boolean(),
  })
  .map(({ bond, ...fields }) => ({
    ...emptyHost,
    ...fields,
    ...(bond ? { bond_mac: '52:54:00:ff:ff:01', bond_mode: '802.3ad' } : {}),
  }));

describe('the fields of a host', () => {
  it('make a network that the rules of the service take', () => {
    fc.assert(
      fc.property(host, (fields) => {
        expect(hostProblems(fields)).toEqual({});
        checkStaticNetwork([networkOf(fields)]);
      }),
      { numRuns: 50 },
    );
  });

  it('say the same again after a look at the YAML', () => {
    fc.assert(
      fc.property(host, (fields) => {
        expect(hostOf(networkOf(fields))).toEqual(fields);
      }),
      { numRuns: 50 },
    );
  });

  it('have their address on the uppermost interface', () => {
    const fields = {
      ...emptyHost,
      mac: '52:54:00:00:00:01',
      address: '192.0.2.10/24',
      vlan: '100',
      bond_mac: '52:54:00:00:00:02',
    };
    expect(networkOf(fields)).toEqual({
      network_yaml: `interfaces:
  - name: eth0
    type: ethernet
    state: up
    ipv4:
      enabled: false
    ipv6:
      enabled: false
  - name: eth1
    type: ethernet
    state: up
    ipv4:
      enabled: false
    ipv6:
      enabled: false
  - name: bond0
    type: bond
    state: up
    link-aggregation:
      mode: active-backup
      port:
        - eth0
        - eth1
    ipv4:
      enabled: false
    ipv6:
      enabled: false
  - name: bond0.100
    type: vlan
    state: up
    vlan:
      base-iface: bond0
      id: 100
    ipv4:
      enabled: true
      dhcp: false
      address:
        - ip: 192.0.2.10
          prefix-length: 24
    ipv6:
      enabled: false
`,
      mac_interface_map: [
        { mac_address: '52:54:00:00:00:01', logical_nic_name: 'eth0' },
        { mac_address: '52:54:00:00:00:02', logical_nic_name: 'eth1' },
      ],
    });
    expect(staticAddresses([networkOf(fields)]).map(String)).toEqual(['192.0.2.10']);
  });
});

describe('a network that says more than the fields', () => {
  it.each([
    'interfaces: [{name: eth0, type: ethernet, mtu: 9000}]',
    'interfaces: [{name: br0, type: linux-bridge, bridge: {port: [{name: eth0}]}}]',
    'interfaces: [',
  ])('stays as it is: %s', (text) => {
    const network = {
      network_yaml: text,
      mac_interface_map: [{ mac_address: '52:54:00:00:00:01', logical_nic_name: 'eth0' }],
    };
    expect(networkOf(hostOf(network))).toEqual(network);
    expect(hostOf(network).yaml?.text).toBe(text);
  });
});

describe('a field of a host', () => {
  it.each([
    ['mac', '', 'the host is found by it'],
    ['mac', '52:54:00', '52:54:00 is not a MAC address'],
    ['address', '192.0.2.10', '192.0.2.10 is not an address with a prefix length'],
    ['address', '192.0.2.10/24, 300.0.0.1/8', '300.0.0.1/8 is not'],
    ['gateway', '192.0.2', '192.0.2 is not an IPv4 or IPv6 address'],
    ['dns', 'dns.example.org', 'dns.example.org is not'],
    ['vlan', '4095', 'from 1 to 4094'],
    ['bond_mac', 'x', 'x is not a MAC address'],
  ] as const)('%s does not take "%s"', (field, text, reason) => {
    const fields = { ...emptyHost, mac: '52:54:00:00:00:01', [field]: text };
    expect(hostProblems(fields)).toEqual({ [field]: expect.stringContaining(reason) });
  });
});
