import { rendezvousGap } from '../../infra-env/complete-settings.ts';
import { isPlaceholder } from '../../infra-env/placeholder.ts';
import { macsOf } from '../../infra-env/site-hosts.ts';
import { macFault } from '../../values/mac-address.ts';
import { excerpt } from '../../values/printable.ts';
import { siteName } from '../host-config.ts';
import { hostsOfRole, leavesMastersOpen } from '../roles.ts';
import { hostCounts, type Site } from '../site.ts';
import type { SiteHost } from '../site-host.ts';
import { type Fault, fault, faultIf, type Judge } from './fault.ts';
import { hintFaults } from './hint-faults.ts';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostName = new RegExp(`^${label}(?:\\.${label})*$`);

/** Characters. Linux takes 64, and Kubernetes keeps the name of a node in a label of at most 63. */
const longestName = 63;

/** What every host is called that has no name. */
const nameless = /^localhost[46]?(?:\.|$)/;

const nameFaults = ({ hostname }: SiteHost, at: string): readonly Fault[] => {
  if (hostname === undefined) return [];
  const field = `${at}.hostname`;
  return [
    ...faultIf(
      !hostName.test(hostname),
      field,
      `${excerpt(hostname)} is not a host name: lower-case letters, digits and hyphens, labels of at most 63 characters with dots between them`,
    ),
    ...faultIf(
      hostname.length > longestName,
      field,
      `it has ${hostname.length} characters, and a node's name has at most ${longestName}`,
    ),
    ...faultIf(nameless.test(hostname), field, `${excerpt(hostname)} is the name of a host without a name`),
  ];
};

const macFaults = ({ macAddresses }: SiteHost, at: string): readonly Fault[] => [
  ...faultIf(
    macAddresses.length === 0,
    `${at}.mac_addresses`,
    'it has none, nor has static_network_config a host at this place: the host could not be found',
  ),
  ...macAddresses.flatMap((mac) => {
    const reason = macFault(mac);
    return faultIf(
      reason !== undefined,
      `${at}.mac_addresses`,
      `${mac} is ${reason}: the site would wait for it for ever`,
    );
  }),
];

interface Named {
  readonly field: string;
  readonly value: string;
}

const repeated = (entries: readonly Named[], what: string): readonly Fault[] =>
  entries.flatMap(({ field, value }, index) => {
    const other = entries.slice(0, index).find((earlier) => earlier.value === value);
    return faultIf(other !== undefined, field, `${what} ${excerpt(value)} is that of ${other?.field} too`);
  });

const uniqueFaults = (hosts: readonly SiteHost[]): readonly Fault[] => {
  const names = hosts.flatMap(({ hostname }, index) =>
    hostname === undefined ? [] : [{ field: `hosts[${index}].hostname`, value: hostname }],
  );
  const macs = hosts.flatMap(({ macAddresses }, index) =>
    macAddresses.map((value) => ({ field: `hosts[${index}].mac_addresses`, value })),
  );
  return [...repeated(names, 'the name'), ...repeated(macs, 'the MAC address')];
};

/** The site keeps what it knows of a host in a folder of its name, and two hosts in one folder would mix. */
const folderFaults = (hosts: readonly SiteHost[]): readonly Fault[] =>
  hosts.flatMap(({ hostname }, index) => {
    const other = hosts.findIndex((host, place) => host.hostname === undefined && siteName(host, place) === hostname);
    return faultIf(
      other !== -1,
      `hosts[${index}].hostname`,
      `${hostname} is what the site calls hosts[${other}], which has no name: give that host one, or this one another`,
    );
  });

/** A network that belongs to no host means that a host has another place, or is missing. */
const networkFaults = ({ hosts, infraEnv }: Site): readonly Fault[] =>
  (infraEnv.settings.static_network_config ?? []).flatMap((network, index) => {
    if (isPlaceholder(network)) return [];
    const macs = macsOf(network.mac_interface_map);
    const isOwned = hosts.some(({ macAddresses }) => macs.some((mac) => macAddresses.includes(mac)));
    return faultIf(hosts.length > 0 && !isOwned, `static_network_config[${index}]`, 'it belongs to none of the hosts');
  });

const tooMany = (site: Site): readonly Fault[] => {
  const counts = hostCounts(site);
  const masters = hostsOfRole(site.hosts, 'master').length;
  const workers = hostsOfRole(site.hosts, 'worker').length;
  return [
    ...faultIf(
      masters > counts.masters,
      'hosts',
      `${masters} of them have the role master, and control_plane_count is ${counts.masters}`,
    ),
    ...faultIf(
      site.workerCount !== undefined && workers > counts.workers,
      'hosts',
      `${workers} of them have the role worker, and worker_count is ${counts.workers}`,
    ),
  ];
};

const totalFaults = (site: Site): readonly Fault[] => {
  const { masters, arbiters, workers } = hostCounts(site);
  const wanted = masters + arbiters + workers;
  const parts = [`${masters} control plane`, ...(arbiters > 0 ? [`${arbiters} arbiter`] : []), `${workers} workers`];
  const field = site.workerCount === undefined && site.hosts.length > wanted ? 'worker_count' : 'hosts';
  return site.hosts.length === wanted
    ? []
    : [
        fault(
          field,
          `there are ${site.hosts.length} hosts for ${wanted} nodes (${parts.join(' and ')}): the installation waits for exactly that number`,
        ),
      ];
};

/** What of the hosts would make the site wait for ever, choose otherwise than meant, or mix two of them up. */
export const hostFaults: Judge = (site) => [
  ...site.hosts.flatMap((host, index) => {
    const at = `hosts[${index}]`;
    return [...nameFaults(host, at), ...macFaults(host, at), ...hintFaults(host.hints, `${at}.root_device_hints`)];
  }),
  ...uniqueFaults(site.hosts),
  ...folderFaults(site.hosts),
  ...tooMany(site),
];

const leaderFaults = ({ infraEnv }: Site): readonly Fault[] => {
  const gap = rendezvousGap(infraEnv.settings);
  return gap === undefined ? [] : [fault('rendezvous_ip', `${gap}: no host would lead the installation`)];
};

/** What of the hosts keeps an installation from starting by itself. */
export const countFaults: Judge = (site) => [
  ...totalFaults(site),
  ...leaderFaults(site),
  ...networkFaults(site),
  ...faultIf(
    leavesMastersOpen(site.hosts, hostCounts(site)),
    'hosts',
    'the site would choose among those of role auto-assign and those of role master: name the role of each worker',
  ),
];
