import { dump } from 'js-yaml';
import { describe, expect, it, test } from 'vitest';
import { allAddresses, checkStaticNetwork, type HostNetwork } from '#domain/infra-env/static-network.ts';
import { refusalOf } from '../values/refusal.ts';

const mac = (last: number) => `f8:75:a4:a4:00:${last.toString(16).padStart(2, '0')}`;
const nic = (logical_nic_name: string, last = 1) => ({ mac_address: mac(last), logical_nic_name });
const host = (network_yaml: string, ...mac_interface_map: HostNetwork['mac_interface_map']): HostNetwork => ({
  network_yaml,
  mac_interface_map,
});
const ethernet = (name: string, ip = '192.0.2.1') => `- name: ${name}
  type: ethernet
  ipv4:
    enabled: true
    address:
    - ip: ${ip}
      prefix-length: 24
`;
const yaml = (...interfaces: readonly string[]) => `interfaces:\n${interfaces.join('')}`;
const refusal = (...hosts: readonly HostNetwork[]) => refusalOf(() => checkStaticNetwork(hosts));
const oneError = (message: string) => `1 error occurred:\n\t* ${message}\n\n`;

const bond = '- name: bond0\n  type: bond\n  link-aggregation: {mode: active-backup, port: [eth0, eth1]}\n';
const vlan = '- name: eth0.7\n  type: vlan\n  vlan: {base-iface: eth0, id: 7}\n';
const ovsBond = (...ports: readonly string[]) =>
  `- {name: br0, type: ovs-bridge, bridge: {port: [{name: b, link-aggregation: {mode: balance-slb, port: [${ports
    .map((name) => `{name: ${name}}`)
    .join(', ')}]}}]}}\n`;
const missing = (name: string) => `mac-interface mapping for interface ${name} is missing and not a physical interface`;

describe('static networks that are accepted', () => {
  test.each([
    ['none', []],
    ['brackets that are closed below their key', [host('interfaces: [\n{name: eth0}\n]\n', nic('eth0'))]],
    ['one interface', [host(yaml(ethernet('eth0')), nic('eth0'))]],
    [
      'a card beside it that is named after its hardware',
      [host(yaml(ethernet('eth0'), ethernet('eno12399np0')), nic('eth0'))],
    ],
    [
      'a card that is found by its MAC address',
      [host(yaml(ethernet('eth0'), '- {name: eth1, identifier: mac-address}\n'), nic('eth0'))],
    ],
    ['a bond whose ports are only mapped', [host(yaml(bond), nic('eth0', 1), nic('eth1', 2))]],
    ['a VLAN whose card is only mapped', [host(yaml(vlan), nic('eth0'))]],
    [
      'a VLAN on a bond',
      [
        host(
          yaml(bond, '- name: bond0.7\n  type: vlan\n  vlan: {base-iface: bond0, id: 7}\n'),
          nic('eth0', 1),
          nic('eth1', 2),
        ),
      ],
    ],
    [
      'a bridge over a mapped card',
      [host(yaml('- {name: br0, type: linux-bridge, bridge: {port: [{name: eth0}]}}\n'), nic('eth0'))],
    ],
    ['a VRF over a mapped card', [host(yaml('- {name: vrf0, type: vrf, vrf: {port: [eth0]}}\n'), nic('eth0'))]],
    ['a bond of Open vSwitch within a bridge', [host(yaml(ovsBond('eno1', 'eth0')), nic('eno1', 1), nic('eth0', 2))]],
    [
      'a ring (HSR) of mapped cards',
      [host(yaml('- {name: hsr0, type: hsr, hsr: {port1: eth0, port2: eth1}}\n'), nic('eth0', 1), nic('eth1', 2))],
    ],
    [
      'a card that is named where only NMState knows that it is one',
      [
        host(
          `${yaml(ethernet('eno1'))}ovs-db: {other_config: {card: eth0}}\nnew: {eth1: {}}\n`,
          nic('eth0'),
          nic('eth1', 2),
        ),
      ],
    ],
    [
      'an address that is written once and named again',
      [
        host(
          'interfaces:\n- {name: eth0, ipv4: &v4 {enabled: true, dhcp: true}}\n- {name: eth1, ipv4: *v4}\n',
          nic('eth0', 1),
          nic('eth1', 2),
        ),
      ],
    ],
    [
      'two hosts',
      [host(yaml(ethernet('eth0')), nic('eth0', 1)), host(yaml(ethernet('eth0', '192.0.2.2')), nic('eth0', 2))],
    ],
    ['names of prototypes', [host(`__proto__: {interfaces: 1}\n${yaml(ethernet('constructor'))}`, nic('constructor'))]],
  ])('%s', (_, hosts) => {
    expect(refusal(...hosts)).toBeUndefined();
  });
});

/** Each line ten times the one before it: a billion characters in a few hundred. */
const laughs = Array.from({ length: 10 }, (_, line) =>
  line === 0
    ? 'l0: &l0 ha\n'
    : `l${line}: &l${line} [${Array(10)
        .fill(`*l${line - 1}`)
        .join(', ')}]\n`,
).join('');

describe('static networks that are refused', () => {
  const good = yaml(ethernet('eth0'));
  const badYaml = (reason: string) => `failed to validate network yaml for host 0, ${reason}`;
  const unnamed = 'interface name not found in networks configuration';

  test.each([
    ['no mapping', host(yaml(ethernet('eno1'))), 'at least one interface for host 0 must be provided'],
    [
      'a MAC address twice',
      host(yaml(ethernet('eth0'), ethernet('eth1')), nic('eth0'), {
        ...nic('eth1'),
        mac_address: mac(1).toUpperCase(),
      }),
      'MACs and Interfaces for host 0 must be unique',
    ],
    ['an interface twice', host(good, nic('eth0', 1), nic('eth0', 2)), 'MACs and Interfaces for host 0 must be unique'],
    ['a blank YAML', host(' \n', nic('eth0')), badYaml('cannot generate configuration with an empty host YAML')],
    ['a YAML of comments', host('# none', nic('eth0')), badYaml('yaml: expected a document, but the input is empty')],
    [
      'a broken YAML',
      host('interfaces:\n- [', nic('eth0')),
      badYaml('yaml: line 2: unexpected end of the stream within a flow collection'),
    ],
    ['a key twice', host('a: 1\na: 2\n', nic('eth0')), badYaml('yaml: line 2: duplicated mapping key')],
    [
      'two documents',
      host(`${good}---\n${good}`, nic('eth0')),
      badYaml('yaml: expected a single document in the stream, but found more'),
    ],
    [
      'aliases that stand for a document without end',
      host(laughs, nic('eth0')),
      badYaml('yaml: the aliases stand for too long a document'),
    ],
    [
      'an anchor within itself',
      host('interfaces: &a [*a]', nic('eth0')),
      badYaml('yaml: nesting exceeded 100 levels with its aliases'),
    ],
    [
      'more aliases than anybody writes',
      host(`a: &a x\nb: [${'*a,'.repeat(1_001)}]`, nic('eth0')),
      badYaml('yaml: line 2: aliases exceeded maxAliases (1000)'),
    ],
    ['a deep YAML', host('['.repeat(5000), nic('eth0')), badYaml('yaml: line 1: nesting exceeded maxDepth (100)')],
    [
      'an unknown tag',
      host('a: !!js/function x', nic('eth0')),
      badYaml('yaml: line 1: unknown scalar tag !<tag:yaml.org,2002:js/function>'),
    ],
    [
      'a name that would add a line to a keyfile',
      host('interfaces: [{name: "ens3\\n[user]"}, {name: eth0}]', nic('eth0')),
      badYaml('yaml: interfaces.0.name has control characters, or a text of several lines'),
    ],
    [
      'a text of several lines, which is not told, for it may be a password',
      host(`${good}  802.1x:\n    private-key-password: |\n      word\n`, nic('eth0')),
      badYaml('yaml: interfaces.0.802.1x.private-key-password has control characters, or a text of several lines'),
    ],
    [
      'a key of several lines',
      host(`"a\\nb": 1\n${good}`, nic('eth0')),
      badYaml('yaml: a\uFFFDb has control characters, or a text of several lines'),
    ],
    ['a text', host('eth0', nic('eth0')), unnamed],
    ['no interfaces', host('routes: {}', nic('eth0')), unnamed],
    ['interfaces that are no list', host('interfaces: {name: eth0}', nic('eth0')), unnamed],
    ['an empty list', host('interfaces: []', nic('eth0')), unnamed],
    ['an entry without name', host(`${good}- type: ethernet\n`, nic('eth0')), unnamed],
    ['an entry null', host(`${good}- \n`, nic('eth0')), unnamed],
    ['an unmapped card', host(yaml(ethernet('eth0'), ethernet('eth1')), nic('eth0')), missing('eth1')],
    ['an unmapped card without type', host(yaml(ethernet('eth0'), '- name: eth1\n'), nic('eth0')), missing('eth1')],
    ['an unmapped port of a bond', host(yaml(bond), nic('eth0')), missing('eth1')],
    ['an unmapped port of a bond of Open vSwitch', host(yaml(ovsBond('eth0', 'eth1')), nic('eth0')), missing('eth1')],
    ['an unmapped card below a VLAN', host(yaml(vlan, ethernet('eth1')), nic('eth1')), missing('eth0')],
    [
      'a mapped interface that does not exist',
      host(good, nic('eth0', 1), nic('eth9', 2)),
      'interface eth9 of host 0 not found in networks configuration',
    ],
  ])('%s', (_, network, message) => {
    expect(refusal(network)).toBe(oneError(message));
  });

  test.each(['', '..', 'a b', 'a/b', 'a=b', 'a\nb', 'x'.repeat(65)])('an interface called %j', (name) => {
    const message = refusal(host(yaml(ethernet('eth0')), nic('eth0', 1), nic(name, 2)));
    expect(message).toContain(
      `\t* logical_nic_name '${name.replace('\n', '\uFFFD')}' of host 0 is not an interface name\n`,
    );
  });

  it('with every fault of every host, and MAC addresses that several hosts claim', () => {
    const hosts = [
      host(good, nic('eth0')),
      host(''),
      host(yaml(ethernet('eth0', '192.0.2.2')), { ...nic('eth0'), mac_address: mac(1).toUpperCase() }),
      host(yaml(ethernet('eth0', '192.0.2.3'))),
    ];
    expect(refusal(...hosts)).toBe(
      '5 errors occurred:\n' +
        '\t* at least one interface for host 1 must be provided\n' +
        '\t* failed to validate network yaml for host 1, cannot generate configuration with an empty host YAML\n' +
        '\t* at least one interface for host 3 must be provided\n' +
        `\t* ${missing('eth0')}\n` +
        `\t* MAC address ${mac(1)} of host 2 belongs to host 0 already\n\n`,
    );
  });
});

describe('what is no NMState document is named as what it is', () => {
  const state = { interfaces: [{ name: 'eth0', type: 'ethernet' }] };
  const spec = { config: state, interfaces: [{ name: 'eth0', macAddress: mac(1) }] };
  test.each([
    ['an NMStateConfig', { apiVersion: 'agent-install.openshift.io/v1beta1', kind: 'NMStateConfig', spec }],
    [
      'a NodeNetworkConfigurationPolicy',
      { apiVersion: 'nmstate.io/v1', kind: 'NodeNetworkConfigurationPolicy', spec: { desiredState: state } },
    ],
    ['a Kubernetes object', { apiVersion: 'v1', kind: 'ConfigMap', data: {} }],
    ['an NMState policy', { capture: {}, desiredState: state }],
    ['a netplan configuration', { network: { version: 2, ethernets: { eth0: { dhcp4: true } } } }],
    ['a part of agent-config.yaml', { hostname: 'a', networkConfig: state }],
    ['an entry of static_network_config', { network_yaml: 'interfaces: []', mac_interface_map: [] }],
    ['a list', state.interfaces],
    ['a text in quotes', JSON.stringify(state)],
  ])('%s', (kind, document) => {
    const said = `failed to validate network yaml for host 0, it is not an NMState document but ${kind}`;
    for (const text of [JSON.stringify(document), dump(document)]) {
      expect(refusal(host(text, nic('eth0')))).toContain(said);
    }
  });

  it('but an NMState document is one in JSON too', () => {
    expect(refusal(host(JSON.stringify(state), nic('eth0')))).toBeUndefined();
  });
});

test('a list of faults without end is cut', () => {
  const message = refusal(...Array.from({ length: 30 }, () => host('')));
  expect(message?.split('\n')).toHaveLength(1 + 50 + 1 + 2);
  expect(message).toContain('\t* 10 further errors\n\n');
});

describe('the addresses that hosts can have', () => {
  const addresses = (...yamls: readonly string[]) => allAddresses(yamls.map((text) => host(text)))?.map(String);
  const dhcp = '- {name: eth1, ipv4: {enabled: true, dhcp: true}}\n';

  test.each([
    ['no host', [], undefined],
    [
      'static ones',
      [yaml(ethernet('eth0', '192.0.2.1')), yaml(ethernet('eth0', '192.0.2.2'))],
      ['192.0.2.1', '192.0.2.2'],
    ],
    [
      'both families',
      [yaml('- {name: a, ipv6: {enabled: true, address: [{ip: "2001:DB8:0::1"}]}}\n', ethernet('b'))],
      ['2001:db8::1', '192.0.2.1'],
    ],
    ['a host without any', [yaml(ethernet('eth0')), yaml('- name: eth0\n')], undefined],
    ['a host with DHCP as well', [yaml(ethernet('eth0'), dhcp)], undefined],
    [
      'a host with router advertisements as well',
      [yaml(ethernet('eth0'), '- {name: b, ipv6: {enabled: true, autoconf: true}}\n')],
      undefined,
    ],
    [
      "a host with DHCP by one of NMState's words for it",
      [yaml(ethernet('eth0'), '- {name: b, ipv4: {enabled: Yes, dhcp: "on"}}\n')],
      undefined,
    ],
    [
      'a family that is switched off by such a word',
      [yaml(ethernet('eth0'), '- {name: b, ipv4: {enabled: no, dhcp: yes, address: [{ip: 192.0.2.9}]}}\n')],
      ['192.0.2.1'],
    ],
    [
      'a family that is switched off',
      [yaml(ethernet('eth0'), '- {name: b, ipv6: {enabled: false, autoconf: true, address: [{ip: "::2"}]}}\n')],
      ['192.0.2.1'],
    ],
    [
      'entries that are no addresses',
      [yaml(ethernet('eth0'), '- {name: b, ipv4: {address: [{ip: x}, 7, {ip: 7}]}}\n')],
      ['192.0.2.1'],
    ],
  ])('%s', (_, yamls, expected) => {
    expect(addresses(...yamls)).toEqual(expected);
  });
});
