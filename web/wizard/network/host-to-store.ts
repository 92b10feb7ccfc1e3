import type { AskedSiteHost } from '#domain/infra-env/site-hosts.ts';
import type { HostNetwork } from '#domain/infra-env/static-network.ts';
import { hintsIn } from './disk-hints.ts';
import { emptyHost, type HostDraft } from './host-draft.ts';
import { networkOf } from './host-network.ts';

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const macsOf = (host: HostDraft): readonly string[] =>
  networkOf(host).mac_interface_map.map(({ mac_address }) => mac_address);

const entered = ({ hostname, role, disk }: HostDraft) => [hostname, role, disk];
export const isNamed = (host: HostDraft): boolean => !isEqual(entered(host), entered(emptyHost));

/** The network of a host: to the letter what is stored, as long as the form says the same; undefined where it has none. */
export const networkToStore = (host: HostDraft): HostNetwork | undefined => {
  const { stored } = host;
  const network = networkOf(host);
  return stored !== undefined && isEqual(network, networkOf(stored.shown)) ? stored.network : network;
};

/** Places, in the form, of the hosts that have a network: the rules and the service count these alone. */
export const placesOfNetworks = (hosts: readonly HostDraft[]): readonly number[] =>
  hosts.flatMap((host, place) => (networkToStore(host) === undefined ? [] : [place]));

const isAsShown = (host: HostDraft, shown: HostDraft): boolean =>
  isEqual([entered(host), macsOf(host)], [entered(shown), macsOf(shown)]);

const siteHostOf = (host: HostDraft): AskedSiteHost => {
  const { shown, site } = host.stored ?? {};
  const shownMacs = shown === undefined ? [] : macsOf(shown).map((mac) => mac.toLowerCase());
  const hints = host.disk === shown?.disk ? site?.root_device_hints : hintsIn(host.disk);
  return {
    hostname: host.hostname,
    ...(host.role === '' ? {} : { role: host.role as 'master' }),
    ...(hints == null ? {} : { root_device_hints: hints }),
    mac_addresses: [...macsOf(host), ...(site?.mac_addresses ?? []).filter((mac) => !shownMacs.includes(mac))],
  };
};

/** What is entered of a host on site: to the letter what is stored, as long as nobody changed it; undefined: nothing. */
const siteToStore = (host: HostDraft): AskedSiteHost | undefined => {
  const { stored } = host;
  if (stored !== undefined && isAsShown(host, stored.shown)) return stored.site;
  return isNamed(host) ? siteHostOf(host) : undefined;
};

/**
 * The hosts as they are found on site, in the order that is stored, new ones behind: without a role the first become the
 * control plane. One without MAC addresses is found by the network at its place, so it gets those once it has moved.
 */
export const sitesToStore = (hosts: readonly HostDraft[]): AskedSiteHost[] => {
  const networks = hosts.filter((host) => networkToStore(host) !== undefined);
  const placeOf = ({ stored }: HostDraft): number => stored?.place ?? hosts.length;
  return hosts
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .flatMap((host) => {
      const site = siteToStore(host);
      return site === undefined ? [] : [{ host, site }];
    })
    .map(({ host, site }, at) =>
      site.mac_addresses?.length === 0 && networks[at] !== host ? { ...site, mac_addresses: [...macsOf(host)] } : site,
    );
};
