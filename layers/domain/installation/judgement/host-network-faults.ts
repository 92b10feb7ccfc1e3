import { readNetwork } from '../../infra-env/network-yaml.ts';
import { gatewaysOf } from '../../infra-env/node-addresses.ts';
import { overlaps } from '../../values/cidr.ts';
import type { SiteHost } from '../site-host.ts';
import { hasFurtherAddresses } from './belonging-faults.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';

/** The site's validation `has-default-route`, which asks for one also where it leads nowhere. */
const routeFaults = (host: SiteHost, field: string): readonly Fault[] => {
  const reading = host.network && readNetwork(host.network);
  return faultIf(
    !!reading?.interfaces &&
      host.subnets.length > 0 &&
      !hasFurtherAddresses(host) &&
      gatewaysOf(reading.document).length === 0,
    field,
    'it has no route to 0.0.0.0/0 or ::/0, and gets none by DHCP: the site would wait for one for ever. Where there is no ' +
      'gateway, any free address of its network does, or mac_addresses names a card that gets a route',
  );
};

/** The site's validation `non-overlapping-subnets`: two cards in one network keep a host from being installed. */
const overlapFaults = ({ network }: SiteHost, field: string): readonly Fault[] => {
  const placed = ((network && readNetwork(network).interfaces) ?? [])
    .filter(({ isWithinHost }) => !isWithinHost)
    .flatMap(({ name, subnets }) => subnets.map((subnet) => ({ name, subnet })))
    .filter(({ subnet }) => subnet.address.range() !== 'linkLocal');
  return placed.flatMap(({ name, subnet }, index) => {
    const other = placed.slice(0, index).find((earlier) => earlier.name !== name && overlaps(earlier.subnet, subnet));
    return faultIf(
      other !== undefined,
      field,
      `${subnet.text} of ${name} is in the network of ${other?.subnet.text} of ${other?.name}: the site takes one card of each network`,
    );
  });
};

/** What the networks of hosts lack or have twice, so that the site's service would never take the hosts. */
export const hostNetworkFaults: Judge = ({ hosts }) =>
  hosts.flatMap((host, index) => {
    const field = `hosts[${index}]`;
    return [...routeFaults(host, field), ...overlapFaults(host, field)];
  });
