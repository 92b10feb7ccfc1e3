import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { networkPolicy } from '#domain/ignition/standard/network-policy.ts';
import { checkStaticNetwork, type HostNetwork } from '#domain/infra-env/static-network.ts';

interface Policy {
  readonly capture: Readonly<Record<string, string>>;
  readonly desiredState: unknown;
}

const host = (network_yaml: string, ...nics: string[]): HostNetwork => ({
  network_yaml,
  mac_interface_map: nics.map((logical_nic_name, index) => ({
    mac_address: `f8:75:a4:a4:00:0${index}`,
    logical_nic_name,
  })),
});

const policyOf = (network: HostNetwork): Policy => load(networkPolicy(network, 0)) as Policy;

/** What NMState makes of the policy on a machine whose cards have these names, by MAC address. */
const applied = ({ capture, desiredState }: Policy, names: Readonly<Record<string, string>>): unknown => {
  const nameOf = (reference: string): string => {
    const mac = /^interfaces\.mac-address == "([^"]+)"$/.exec(capture[reference] ?? '')?.[1] ?? '';
    const name = names[mac];
    if (name === undefined) throw new Error(`no card for ${reference}`);
    return name;
  };
  const text = JSON.stringify(desiredState);
  return JSON.parse(text.replace(/\{\{ capture\.(\w+)\.interfaces\.0\.name \}\}/g, (_, name: string) => nameOf(name)));
};

const network = `interfaces:
- name: eth0
  type: ethernet
  description: eth0
  mtu: 9000
- name: bond0
  type: bond
  link-aggregation: {mode: active-backup, port: [eth0, eth1], options: {primary: eth1, miimon: '100'}}
- name: eth0.7
  type: vlan
  vlan: {base-iface: eth0, id: 7}
- name: br0
  type: linux-bridge
  copy-mac-from: eth1
  bridge: {port: [{name: eth1}, {name: bond0}]}
routes:
  config:
  - {destination: 0.0.0.0/0, next-hop-interface: eth0, next-hop-address: 192.0.2.1}
route-rules: {config: [{iif: eth1, route-table: 5}]}
dns-resolver: {config: {search: [eth0], server: ['fe80::1%eth0', 192.0.2.53]}}
`;

describe('the network of a host as a policy', () => {
  it('captures each mapped card by its MAC address as NMState writes it', () => {
    expect(policyOf(host(network, 'eth0', 'eth1')).capture).toEqual({
      iface0: 'interfaces.mac-address == "F8:75:A4:A4:00:00"',
      iface1: 'interfaces.mac-address == "F8:75:A4:A4:00:01"',
    });
  });

  it('names the cards as the machine does, wherever a name is meant, and keeps every other word', () => {
    const names = { 'F8:75:A4:A4:00:00': 'enp1s0', 'F8:75:A4:A4:00:01': 'eth0' };
    expect(applied(policyOf(host(network, 'eth0', 'eth1')), names)).toEqual({
      interfaces: [
        { name: 'enp1s0', type: 'ethernet', description: 'eth0', mtu: 9000 },
        {
          name: 'bond0',
          type: 'bond',
          'link-aggregation': {
            mode: 'active-backup',
            port: ['enp1s0', 'eth0'],
            options: { primary: 'eth0', miimon: '100' },
          },
        },
        { name: 'eth0.7', type: 'vlan', vlan: { 'base-iface': 'enp1s0', id: 7 } },
        {
          name: 'br0',
          type: 'linux-bridge',
          'copy-mac-from': 'eth0',
          bridge: { port: [{ name: 'eth0' }, { name: 'bond0' }] },
        },
      ],
      routes: {
        config: [{ destination: '0.0.0.0/0', 'next-hop-interface': 'enp1s0', 'next-hop-address': '192.0.2.1' }],
      },
      'route-rules': { config: [{ iif: 'eth0', 'route-table': 5 }] },
      'dns-resolver': { config: { search: ['eth0'], server: ['fe80::1%enp1s0', '192.0.2.53'] } },
    });
  });

  it.each(['ethernet', 'up', 'dhcp'])('takes a card for one that is called %s, but not the word', (name) => {
    const { desiredState } = policyOf(host(`interfaces: [{name: ${name}, type: ethernet, state: up}]`, name));
    expect(desiredState).toEqual({
      interfaces: [{ name: '{{ capture.iface0.interfaces.0.name }}', type: 'ethernet', state: 'up' }],
    });
  });

  it('with a brace in a text is refused, naming host and place, for the text may be a password', () => {
    const braced = host('interfaces: [{name: eth0, description: "a {b}"}]', 'eth0');
    expect(() => networkPolicy(braced, 3)).toThrow(
      'static_network_config: interfaces.0.description of host 3 has braces, which the host cannot read',
    );
  });

  it('refers, for any accepted names, to the cards of the map and to nothing else', () => {
    const nic = fc.stringMatching(/^[\w.:@+-]{1,20}$/).filter((name) => !/^\.{1,2}$/.test(name));
    fc.assert(
      fc.property(fc.uniqueArray(nic, { minLength: 1, maxLength: 4 }), (nics) => {
        const interfaces = nics.map((name) => ({ name, type: 'ethernet', state: 'up' }));
        const given = host(JSON.stringify({ interfaces }), ...nics);
        checkStaticNetwork([given]);
        const names = Object.fromEntries(nics.map((_, index) => [`F8:75:A4:A4:00:0${index}`, `card${index}`]));
        expect(applied(policyOf(given), names)).toEqual({
          interfaces: nics.map((_, index) => ({ name: `card${index}`, type: 'ethernet', state: 'up' })),
        });
      }),
    );
  });
});
