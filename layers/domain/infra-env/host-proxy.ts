import type { ProxySettings } from '../host/proxy-environment.ts';
import { type IpAddress, parseAddress } from '../values/address.ts';
import { includes, normalisedAddress, parseCidr } from '../values/cidr.ts';
import { isReachable } from '../values/host-address.ts';
import { noProxyEntries } from '../values/no-proxy.ts';
import { readableProxy } from '../values/proxy.ts';
import { type HostNetwork, staticAddresses } from './static-network.ts';

interface Settings extends ProxySettings {
  readonly rendezvous_ip?: string | undefined;
  readonly static_network_config?: readonly HostNetwork[] | undefined;
}

/** The rendezvous host's, which may be the first of the static ones, and the hosts' own; placeholders are none. */
const hostAddresses = ({ rendezvous_ip = '', static_network_config: hosts = [] }: Settings): readonly IpAddress[] => {
  const given = parseAddress(rendezvous_ip);
  return [...(given === undefined ? [] : [given]), ...staticAddresses(hosts)].filter(isReachable);
};

/** The entries behind which the addresses follow that none of them covers: the service on site refuses one that is twice. */
const withAddresses = (entries: readonly string[], addresses: readonly IpAddress[]): readonly string[] => {
  const ranges = entries.map(parseCidr).filter((range) => range !== undefined);
  const known = new Set(entries.map(normalisedAddress));
  const missing = addresses
    .filter((address) => !ranges.some((range) => includes(range, address)))
    .map((address) => normalisedAddress(String(address)));
  return [...entries, ...new Set(missing.filter((address) => !known.has(address)))];
};

/**
 * The proxy of a disconnected ISO's hosts in the form that every reader takes. They reach each other without it: the agent,
 * which is in Go, would look for the rendezvous host behind the proxy, as would the installer of the cluster.
 */
export const hostProxy = (settings: Settings): ProxySettings => {
  if (settings.proxy === undefined) return {};
  const proxy = readableProxy(settings.proxy);
  const isUsed = proxy.http_proxy !== undefined || proxy.https_proxy !== undefined;
  const entries = noProxyEntries(proxy.no_proxy ?? '');
  if (!isUsed || entries.includes('*')) return { proxy };
  const no_proxy = withAddresses(entries, hostAddresses(settings)).join(',');
  return { proxy: no_proxy === '' ? proxy : { ...proxy, no_proxy } };
};
