import { includes, parseCidr } from '../../values/cidr.ts';
import { entriesOf } from '../../values/json.ts';
import { parseProxyUrl } from '../../values/proxy-url.ts';
import { overridesOf } from '../overrides.ts';
import type { Site } from '../site.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';

/** The cluster's proxies, by the fields that they come from. */
const proxiesOf = ({ cluster: { settings } }: Site): readonly (readonly [field: string, url: unknown])[] => {
  const overridden = entriesOf(overridesOf(settings).proxy);
  return [
    ['http_proxy', settings.http_proxy],
    ['https_proxy', settings.https_proxy],
    ['install_config_overrides.proxy.httpProxy', overridden?.get('httpProxy')],
    ['install_config_overrides.proxy.httpsProxy', overridden?.get('httpsProxy')],
  ];
};

const faultsOf = (site: Site, field: string, url: string): readonly Fault[] => {
  const { settings } = site.cluster;
  const address = parseProxyUrl(url)?.address;
  const inside = [...settings.cluster_networks, ...settings.service_networks].find(({ cidr: text }) => {
    const cidr = parseCidr(text);
    return address !== undefined && cidr !== undefined && includes(cidr, address);
  });
  return faultIf(
    inside !== undefined,
    field,
    `${address} is in ${inside?.cidr}, a network within the cluster, where no host would find the proxy`,
  );
};

const isGiven = (url: unknown): boolean => typeof url === 'string' && url !== '';

/** Proxies whose addresses the cluster has for its own pods and services: openshift-install refuses them. */
export const proxyFaults: Judge = (site) => {
  const proxies = proxiesOf(site);
  const overridden = entriesOf(overridesOf(site.cluster.settings).proxy);
  return [
    ...proxies.flatMap(([field, url]) => (typeof url === 'string' ? faultsOf(site, field, url) : [])),
    ...faultIf(
      isGiven(overridden?.get('noProxy')) && !proxies.some(([, url]) => isGiven(url)),
      'install_config_overrides.proxy',
      'openshift-install takes noProxy beside httpProxy or httpsProxy alone',
    ),
  ];
};
