import { listAt } from '../../infra-env/network-values.ts';
import { readNetwork } from '../../infra-env/network-yaml.ts';
import { gatewaysOf } from '../../infra-env/node-addresses.ts';
import { isSingleNode, type Site } from '../site.ts';
import type { SiteHost } from '../site-host.ts';
import { hasFurtherAddresses } from './belonging-faults.ts';
import { type Fault, faultIf, type Judge } from './fault.ts';

/** The network document of a host that gets all it has from it; undefined where DHCP may give it more. */
const onlyDocumentOf = (host: SiteHost) => {
  const reading = host.network && readNetwork(host.network);
  return reading?.interfaces && host.subnets.length > 0 && !hasFurtherAddresses(host) ? reading.document : undefined;
};

/** The site's validation `has-default-route`, which asks for one also where it leads nowhere. */
const routeDoubts = (host: SiteHost, field: string): readonly Fault[] => {
  const document = onlyDocumentOf(host);
  return faultIf(
    document !== undefined && gatewaysOf(document).length === 0,
    field,
    'it has no route to 0.0.0.0/0 or ::/0, and gets none by DHCP: the site would wait for one for ever. Where there is no ' +
      'gateway, any free address of its network does, or mac_addresses names a card that gets a route',
  );
};

/** Where nobody but DNS says where the cluster is, and no file of the user's could. */
const needsNames = (site: Site): boolean =>
  !!site.cluster.settings.user_managed_networking &&
  !isSingleNode(site) &&
  site.infraEnv.settings.ignition_config_override === undefined;

/** The site's validations `api-domain-name-resolved-correctly` and the like. */
const resolverDoubts = (host: SiteHost, field: string): readonly Fault[] => {
  const document = onlyDocumentOf(host);
  return faultIf(
    document !== undefined && listAt(document, 'dns-resolver', 'config', 'server').length === 0,
    field,
    'it has no name server, and gets none by DHCP: with networking of your own the site waits until each host finds the names ' +
      'of API and applications',
  );
};

/** What the networks of hosts lack, so that the site's service would not take the hosts. */
export const hostNetworkDoubts: Judge = (site) =>
  site.hosts.flatMap((host, index) => {
    const field = `hosts[${index}]`;
    return [...routeDoubts(host, field), ...(needsNames(site) ? resolverDoubts(host, field) : [])];
  });
