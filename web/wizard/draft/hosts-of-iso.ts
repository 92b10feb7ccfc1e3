import type * as z from 'zod';
import type { infraEnvAnswer } from '#contract/infra-env-answer.ts';
import type { HostNetwork } from '#domain/infra-env/static-network.ts';
import { hintText } from '../network/disk-hints.ts';
import { emptyHost, type HostDraft } from '../network/host-draft.ts';
import { hostOf } from '../network/host-reading.ts';

type InfraEnv = z.input<typeof infraEnvAnswer>;
type SiteHost = NonNullable<InfraEnv['hosts']>[number];

/** @param shown MAC addresses that the form shows of it */
const onSiteOf = (site: SiteHost | undefined, shown: readonly string[]) => ({
  hostname: site?.hostname ?? '',
  role: site?.role ?? '',
  disk: hintText(site?.root_device_hints),
  otherMacs: (site?.mac_addresses ?? []).filter((mac) => !shown.includes(mac)),
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
export const hostsOf = ({
  hosts = [],
  static_network_config = '[]',
}: Pick<InfraEnv, 'hosts' | 'static_network_config'>): readonly HostDraft[] => {
  const networks: readonly HostNetwork[] = JSON.parse(static_network_config);
  const found = networks.map((network, at) => ({ network, site: siteOf(hosts, network, at) }));
  const others = hosts.filter((host) => !found.some(({ site }) => site === host));
  return [
    ...found.map(({ network, site }) => ({ ...hostOf(network), ...onSiteOf(site, macsOf(network)) })),
    ...others.map((site) => {
      const [mac = ''] = site.mac_addresses;
      return { ...emptyHost, ...onSiteOf(site, [mac]), mac };
    }),
  ];
};
