import { decodeFile, filePaths, parseIgnition, unitEnabled } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { type Landing, specIn, textAt } from './landing.ts';

const matchingLines = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** Each host by its MAC addresses, with its connections and their addresses; the numbers of the folders mean nothing. */
const hostsIn = (ignition: string) => {
  const paths = filePaths(ignition).filter((path) => path.startsWith('/etc/assisted/network/'));
  const folders = Object.values(Object.groupBy(paths, (path) => path.slice(0, path.lastIndexOf('/'))));
  const hosts = folders.map((files = []) => {
    const texts = files.toSorted().map((path) => decodeFile(ignition, path));
    return {
      macs: texts.flatMap((text) => matchingLines(text, /^((?:[\da-f]{2}:){5}[\da-f]{2}=.+)$/gim)).toSorted(),
      connections: files.flatMap((path) => matchingLines(path, /([^/]+)\.nmconnection$/g)).toSorted(),
      addresses: texts.flatMap((text) => matchingLines(text, /^address\d+=([^,\s]+)/gm)),
    };
  });
  return hosts.toSorted((a, b) => (a.macs.join() < b.macs.join() ? -1 : 1));
};

/** How the hosts find each other: by the environment file, or by asking whoever sits at the host. */
const rendezvousIn = (ignition: string): readonly string[] | 'asked for' => {
  const environment = textAt(ignition, '/etc/assisted/rendezvous-host.env') ?? '{{';
  return environment.includes('{{')
    ? 'asked for'
    : matchingLines(environment, /^((?:NODE_ZERO_IP|SERVICE_BASE_URL)=.*)$/gm);
};

const look = (ignition: string) => ({
  hosts: hostsIn(ignition),
  isApplied: unitEnabled(ignition, 'pre-network-manager-config.service'),
  selected: Object.keys(specIn(ignition).nmStateConfigLabelSelector?.matchLabels ?? {}),
  rendezvous: rendezvousIn(ignition),
});

const absent = { hosts: [], isApplied: false, selected: [], rendezvous: 'asked for' };
const networked = { isApplied: true, selected: ['agent-install.openshift.io/infraenv-id'] };
const meetingAt = (ip: string, authority = ip) => [`NODE_ZERO_IP=${ip}`, `SERVICE_BASE_URL=http://${authority}:8090/`];
const meetingAtIpv6 = (ip: string) => meetingAt(ip, `[${ip}]`);

const mac = (last: number): string => `F8:75:a4:a4:00:${last}`;

/** Sorted by its text it comes after the next one. */
const card = {
  network_yaml: `routes:
  config:
  - {destination: 0.0.0.0/0, next-hop-address: 192.0.2.1, next-hop-interface: eth0}
dns-resolver: {config: {server: [192.0.2.53]}}
interfaces:
- name: eth0
  type: ethernet
  state: up
  mtu: 9000
  ipv4:
    enabled: true
    address: [{ip: 192.0.2.20, prefix-length: 24}]
  ipv6: {enabled: false}
`,
  mac_interface_map: [{ mac_address: mac(20), logical_nic_name: 'eth0' }],
};

const vlanOnBond = {
  network_yaml: `interfaces:
- name: bond0
  type: bond
  state: up
  link-aggregation: {mode: active-backup, port: [eth0, eth1], options: {miimon: '100'}}
  ipv4: {enabled: false}
  ipv6: {enabled: false}
- name: bond0.7
  type: vlan
  state: up
  vlan: {base-iface: bond0, id: 7}
  ipv4:
    enabled: true
    address: [{ip: 192.0.2.10, prefix-length: 24}]
  ipv6: {enabled: false}
- {name: eth0, type: ethernet, state: up, ipv4: {enabled: false}, ipv6: {enabled: false}}
- {name: eth1, type: ethernet, state: up, ipv4: {enabled: false}, ipv6: {enabled: false}}
`,
  mac_interface_map: [
    { mac_address: mac(10), logical_nic_name: 'eth0' },
    { mac_address: mac(11), logical_nic_name: 'eth1' },
  ],
};

const ipv6Card = {
  network_yaml: `interfaces:
- name: eth0
  type: ethernet
  state: up
  ipv4: {enabled: false}
  ipv6:
    enabled: true
    autoconf: false
    dhcp: false
    address:
    - {ip: 'fe80::20', prefix-length: 64}
    - {ip: '2001:db8::20', prefix-length: 64}
`,
  mac_interface_map: [{ mac_address: mac(20), logical_nic_name: 'eth0' }],
};

const dynamicCard = {
  network_yaml: `interfaces:
- {name: eth0, type: ethernet, state: up, ipv4: {enabled: true, dhcp: true}, ipv6: {enabled: false}}
`,
  mac_interface_map: [{ mac_address: mac(30), logical_nic_name: 'eth0' }],
};

const cardLanded = { macs: [`${mac(20)}=eth0`], connections: ['eth0'], addresses: ['192.0.2.20/24'] };
const bondLanded = {
  macs: [`${mac(10)}=eth0`, `${mac(11)}=eth1`],
  connections: ['bond0', 'bond0.7', 'eth0', 'eth1'],
  addresses: ['192.0.2.10/24'],
};
const ipv6Landed = { ...cardLanded, addresses: ['2001:db8::20/64'] };
const dynamicLanded = { macs: [`${mac(30)}=eth0`], connections: ['eth0'], addresses: [] };

const clearedNetwork = { static_network_config: [] };
const clearedAddress = { rendezvous_ip: '' };

const rows: readonly Omit<Landing, 'look' | 'absent'>[] = [
  {
    setting: 'static_network_config with rendezvous_ip, of a later host',
    given: { static_network_config: [card, vlanOnBond], rendezvous_ip: '192.0.2.10' },
    cleared: { ...clearedNetwork, ...clearedAddress },
    expected: { ...networked, hosts: [bondLanded, cardLanded], rendezvous: meetingAt('192.0.2.10') },
  },
  {
    setting: 'static_network_config alone: the first host is the rendezvous host',
    given: { static_network_config: [card, vlanOnBond] },
    cleared: clearedNetwork,
    expected: { ...networked, hosts: [bondLanded, cardLanded], rendezvous: meetingAt('192.0.2.20') },
    isVariant: true,
  },
  {
    setting: 'static_network_config behind a host with DHCP: the first one with an address is the rendezvous host',
    given: { static_network_config: [dynamicCard, ipv6Card] },
    cleared: clearedNetwork,
    expected: { ...networked, hosts: [ipv6Landed, dynamicLanded], rendezvous: meetingAtIpv6('2001:db8::20') },
    isVariant: true,
  },
  {
    setting: 'static_network_config without an address: nobody knows the rendezvous host',
    given: { static_network_config: [dynamicCard] },
    cleared: clearedNetwork,
    expected: { ...networked, hosts: [dynamicLanded], rendezvous: 'asked for' },
    isVariant: true,
  },
  {
    setting: 'rendezvous_ip alone',
    given: { rendezvous_ip: '192.0.2.77' },
    cleared: clearedAddress,
    expected: { ...absent, rendezvous: meetingAt('192.0.2.77') },
    isVariant: true,
  },
  {
    setting: 'rendezvous_ip of IPv6, in canonical form',
    given: { rendezvous_ip: '2001:DB8:0:0::77' },
    cleared: clearedAddress,
    expected: { ...absent, rendezvous: meetingAtIpv6('2001:db8::77') },
    isVariant: true,
  },
  {
    setting: 'rendezvous_ip of IPv6 with static_network_config',
    given: { static_network_config: [ipv6Card, dynamicCard], rendezvous_ip: '2001:db8:0::30' },
    cleared: { ...clearedNetwork, ...clearedAddress },
    expected: { ...networked, hosts: [ipv6Landed, dynamicLanded], rendezvous: meetingAtIpv6('2001:db8::30') },
    isVariant: true,
  },
];

const limitIn = (text: string | undefined): number | undefined => {
  const limit = /^Timeout(?:Start)?Sec=(\d+)$/m.exec(text ?? '')?.[1];
  return limit === undefined ? undefined : Number(limit);
};

/** What the drop-ins of the unit do, and by how much they raise the time limit that the binary gave it. */
const delayIn = (ignition: string): unknown => {
  const unit = parseIgnition(ignition).systemd?.units?.find(
    ({ name }) => name === 'pre-network-manager-config.service',
  );
  return unit?.dropins?.map(({ name, contents }) => {
    const [own, raised] = [limitIn(unit.contents ?? ''), limitIn(contents ?? '')];
    const rest = contents?.replace(/^TimeoutStartSec=.*\n/m, '');
    return { name, rest, raisedBy: own === undefined || raised === undefined ? raised : raised - own };
  });
};

const delay: Landing = {
  setting: 'network_discovery_delay_seconds',
  given: { static_network_config: [dynamicCard], network_discovery_delay_seconds: 5 },
  cleared: { static_network_config: [], network_discovery_delay_seconds: 0 },
  look: delayIn,
  expected: [
    {
      name: '10-discovery-delay.conf',
      rest: '[Service]\nExecStartPre=/usr/bin/sleep 5\n',
      raisedBy: 5,
    },
  ],
  absent: undefined,
  isVariant: true,
};

const all: readonly Landing[] = rows.map((row) => ({ ...row, look, absent }));

/** Static networks, alone and together with a rendezvous IP. */
export const networkLandings = all.filter(({ given }) => given.static_network_config !== undefined);

export const rendezvousLandings = all.filter(({ given }) => given.static_network_config === undefined);

export const delayLandings: readonly Landing[] = [delay];
