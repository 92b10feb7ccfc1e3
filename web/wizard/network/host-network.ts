import { dump } from 'js-yaml';
import type { HostNetwork } from '#domain/infra-env/static-network.ts';
import { type HostDraft, partsOf } from './host-draft.ts';

/** The mode that needs nothing of the switch. */
export const usualBondMode = 'active-backup';

const isIpv6 = (address: string): boolean => address.includes(':');

const addressIn = (text: string) => {
  const [ip = '', length = ''] = text.split('/');
  return { ip, 'prefix-length': Number(length) };
};

const familyOf = (addresses: readonly string[], isDynamic: boolean) => {
  if (isDynamic) return { enabled: true, dhcp: true };
  if (addresses.length === 0) return { enabled: false };
  return { enabled: true, dhcp: false, address: addresses.map(addressIn) };
};

/** With the host's addresses; without any it asks the network for one of IPv4. */
const addressed = (text: string) => {
  const addresses = partsOf(text);
  return {
    ipv4: familyOf(
      addresses.filter((address) => !isIpv6(address)),
      addresses.length === 0,
    ),
    ipv6: familyOf(addresses.filter(isIpv6), false),
  };
};

const withoutAddress = { ipv4: { enabled: false }, ipv6: { enabled: false } };

/** From the cards upwards: the last one has the addresses. */
const linksOf = ({ bond_mac, bond_mode, vlan }: HostDraft) => {
  const cards = bond_mac === '' ? ['eth0'] : ['eth0', 'eth1'];
  const below = bond_mac === '' ? 'eth0' : 'bond0';
  return [
    ...cards.map((name) => ({ name, type: 'ethernet', state: 'up' })),
    ...(bond_mac === ''
      ? []
      : [
          {
            name: 'bond0',
            type: 'bond',
            state: 'up',
            'link-aggregation': { mode: bond_mode || usualBondMode, port: cards },
          },
        ]),
    ...(vlan === ''
      ? []
      : [{ name: `${below}.${vlan}`, type: 'vlan', state: 'up', vlan: { 'base-iface': below, id: Number(vlan) } }]),
  ];
};

const documentOf = (host: HostDraft) => {
  const links = linksOf(host);
  const top = links.length - 1;
  const servers = partsOf(host.dns);
  const gateways = partsOf(host.gateway);
  return {
    interfaces: links.map((link, at) => ({ ...link, ...(at === top ? addressed(host.address) : withoutAddress) })),
    ...(servers.length === 0 ? {} : { 'dns-resolver': { config: { server: servers } } }),
    ...(gateways.length === 0
      ? {}
      : {
          routes: {
            config: gateways.map((gateway) => ({
              destination: isIpv6(gateway) ? '::/0' : '0.0.0.0/0',
              'next-hop-address': gateway,
              'next-hop-interface': links[top]?.name,
            })),
          },
        }),
  };
};

const macsOf = ({ mac, bond_mac }: HostDraft) =>
  [mac, bond_mac]
    .filter((address) => address !== '')
    .map((mac_address, at) => ({ mac_address, logical_nic_name: `eth${at}` }));

/** Lines of `MAC name`, as somebody writes them beside YAML. */
export const macLines = (map: HostNetwork['mac_interface_map']): string =>
  map.map(({ mac_address, logical_nic_name }) => `${mac_address} ${logical_nic_name}`).join('\n');

const macsIn = (lines: string): HostNetwork['mac_interface_map'] =>
  lines
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([mac]) => mac !== '')
    .map(([mac_address = '', logical_nic_name = '']) => ({ mac_address, logical_nic_name }));

/** What a host's fields or YAML say of its network, in the words of the API. */
export const networkOf = (host: HostDraft): HostNetwork =>
  host.yaml === undefined
    ? { network_yaml: dump(documentOf(host), { noRefs: true }), mac_interface_map: macsOf(host) }
    : { network_yaml: host.yaml.text, mac_interface_map: macsIn(host.yaml.macs) };
