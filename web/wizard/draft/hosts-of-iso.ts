import type { HostNetwork } from '#domain/infra-env/static-network.ts';
import { hintText } from '../network/disk-hints.ts';
import { emptyHost, type HostDraft, type SiteHost } from '../network/host-draft.ts';
import { hostOf } from '../network/host-reading.ts';

interface Stored {
  readonly hosts?: readonly SiteHost[] | undefined;
  /** In JSON, as the API answers it. */
  readonly static_network_config?: string | undefined;
}

const textsOf = (site: SiteHost | undefined) => ({
  hostname: site?.hostname ?? '',
  role: site?.role ?? '',
  disk: hintText(site?.root_device_hints),
});

const macsOf = ({ mac_interface_map }: HostNetwork): readonly string[] =>
  mac_interface_map.map(({ mac_address }) => mac_address.toLowerCase());

/** The host that has one of the network's MAC addresses, or none of its own and the same place. */
const siteOf = (hosts: readonly SiteHost[], network: HostNetwork, place: number): SiteHost | undefined => {
  const macs = macsOf(network);
  const samePlace = hosts[place]?.mac_addresses.length === 0 ? hosts[place] : undefined;
  return hosts.find(({ mac_addresses }) => mac_addresses.some((mac) => macs.includes(mac))) ?? samePlace;
};

/** All hosts of the site; one without a network of its own gets its address by DHCP. */
export const hostsOf = ({ hosts = [], static_network_config = '[]' }: Stored): readonly HostDraft[] => {
  const networks: readonly HostNetwork[] = JSON.parse(static_network_config);
  const found = networks.map((network, at) => ({ network, site: siteOf(hosts, network, at) }));
  const others = hosts.filter((host) => !found.some(({ site }) => site === host));
  const whole = (fields: HostDraft, site: SiteHost | undefined, network?: HostNetwork): HostDraft => {
    const shown = { ...fields, ...textsOf(site) };
    const place = site && { site, place: hosts.indexOf(site) };
    return { ...shown, stored: { shown, ...place, ...(network && { network }) } };
  };
  return [
    ...found.map(({ network, site }) => whole(hostOf(network), site, network)),
    ...others.map((site) => whole({ ...emptyHost, mac: site.mac_addresses[0] ?? '' }, site)),
  ];
};
