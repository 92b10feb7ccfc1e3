import { type Mapping, mappingAt, mappingsAt, textAt } from './shape.ts';
import type { StaticHost } from './static-hosts.ts';
import { writeYaml } from './yaml.ts';

/** A NetworkManager keyfile or the MAC table of one host, with its path below `/etc/assisted/network`. */
export interface NetworkFile {
  readonly path: string;
  readonly content: string;
}

type Family = 'ipv4' | 'ipv6';

const numberAt = (mapping: Mapping, key: string): number => {
  const value = mapping[key];
  return typeof value === 'number' ? value : 0;
};

/** fe80::/10. Each card makes its own anyway, and nmstate leaves out what it is given of them. */
const isLinkLocal = (address: string): boolean => /^fe[89ab][\da-f]:/i.test(address);

const addressLines = (ip: Mapping): string[] =>
  mappingsAt(ip, 'address')
    .filter((address) => !isLinkLocal(textAt(address, 'ip')))
    .map((address, index) => `address${index}=${textAt(address, 'ip')}/${numberAt(address, 'prefix-length')}`);

const isFamily = (address: string, family: Family): boolean => address.includes(':') === (family === 'ipv6');

const dnsServers = (config: Mapping, family: Family): string[] => {
  const server = mappingAt(mappingAt(config, 'dns-resolver'), 'config').server;
  const servers = Array.isArray(server) ? server.map(String) : [];
  return servers.filter((address) => isFamily(address, family));
};

const routeLines = (config: Mapping, iface: string, family: Family): string[] =>
  mappingsAt(mappingAt(config, 'routes'), 'config')
    .filter((route) => textAt(route, 'next-hop-interface') === iface)
    .filter((route) => isFamily(textAt(route, 'destination'), family))
    .map((route, index) => `route${index}=${textAt(route, 'destination')},${textAt(route, 'next-hop-address')}`);

const methodOf = (ip: Mapping): string => {
  if (ip.enabled !== true) return 'disabled';
  if (ip.dhcp === true || ip.autoconf === true) return 'auto';
  return addressLines(ip).length > 0 ? 'manual' : 'link-local';
};

const ipSection = (config: Mapping, iface: Mapping, family: Family): string[] => {
  const ip = mappingAt(iface, family);
  const method = methodOf(ip);
  if (method === 'disabled') return [`[${family}]`, 'method=disabled', ''];
  const servers = dnsServers(config, family);
  return [
    `[${family}]`,
    ...addressLines(ip),
    ...(servers.length > 0 ? [`dns=${servers.join(';')};`] : []),
    `method=${method}`,
    ...routeLines(config, textAt(iface, 'name'), family),
    '',
  ];
};

const vlanSection = (iface: Mapping): string[] => {
  if (textAt(iface, 'type') !== 'vlan') return [];
  const vlan = mappingAt(iface, 'vlan');
  return ['[vlan]', 'flags=1', `id=${numberAt(vlan, 'id')}`, `parent=${textAt(vlan, 'base-iface')}`, ''];
};

/** The keyfile of one interface of an NMState document. */
export const connectionFile = (config: Mapping, iface: Mapping): string =>
  [
    '[connection]',
    'autoconnect=true',
    'autoconnect-priority=1',
    `id=${textAt(iface, 'name')}`,
    `interface-name=${textAt(iface, 'name')}`,
    `type=${textAt(iface, 'type')}`,
    '',
    ...ipSection(config, iface, 'ipv4'),
    ...ipSection(config, iface, 'ipv6'),
    ...vlanSection(iface),
  ].join('\n');

const macTable = (host: StaticHost): string =>
  host.macByInterface
    .map(({ name, macAddress }) => `${macAddress}=${name}`)
    .sort()
    .join('\n');

const hostFiles = (host: StaticHost, index: number): NetworkFile[] => [
  ...mappingsAt(host.config, 'interfaces').map((iface) => ({
    path: `host${index}/${textAt(iface, 'name')}.nmconnection`,
    content: connectionFile(host.config, iface),
  })),
  { path: `host${index}/mac_interface.ini`, content: macTable(host) },
];

const byText = (left: StaticHost, right: StaticHost): number => {
  const [one, other] = [writeYaml(left.config), writeYaml(right.config)];
  return one === other ? 0 : one < other ? -1 : 1;
};

/** One keyfile per interface and the MAC table, for each host; in the order of their networks' texts. */
export const networkFiles = (hosts: readonly StaticHost[]): NetworkFile[] => hosts.toSorted(byText).flatMap(hostFiles);
