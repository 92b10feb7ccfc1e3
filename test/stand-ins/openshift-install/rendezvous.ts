import { isIPv6 } from 'node:net';
import { isIp } from './agent-config.ts';
import type { Configuration } from './configuration.ts';
import { refuseIgnition } from './refusal.ts';
import type { Generation } from './settings.ts';
import { mappingAt, mappingsAt, textAt } from './shape.ts';
import type { StaticHost } from './static-hosts.ts';

const rendezvousFile = '/etc/assisted/rendezvous-host.env';

export interface RendezvousFile {
  readonly path: string;
  readonly content: string;
}

/** What the text user interface on the host fills in. */
const placeholder = '{{.RendezvousIP}}';

const environment = (host: string, interactive: boolean): string => {
  const authority = isIPv6(host) ? `[${host}]` : host;
  return [
    `NODE_ZERO_IP=${host}`,
    `SERVICE_BASE_URL=http://${authority}:8090/`,
    `IMAGE_SERVICE_BASE_URL=http://${authority}:8888/`,
    `WORKFLOW_TYPE=${interactive ? 'install-interactive-disconnected' : 'install'}`,
    '',
  ].join('\n');
};

/** RFC 5952 form of an IPv6 address; an IPv4 address stays as it is. */
const canonical = (ip: string): string => (isIPv6(ip) ? new URL(`http://[${ip}]`).hostname.slice(1, -1) : ip);

const firstStaticIp = (hosts: readonly StaticHost[]): string | undefined => {
  const addresses = hosts
    .flatMap((host) => mappingsAt(host.config, 'interfaces'))
    .flatMap((iface) => ['ipv4', 'ipv6'].flatMap((family) => mappingsAt(mappingAt(iface, family), 'address')));
  const ip = addresses.map((address) => textAt(address, 'ip')).find((text) => text !== '');
  return ip === undefined || isIp(ip) ? ip : refuseIgnition(`the first static address ${ip} is not a valid IP`);
};

/** G1 looks at agent-config.yaml only when interactive, and takes its value as it is, even an absent one. */
const rendezvousOfG1 = ({ agentConfig, interactive }: Configuration): RendezvousFile[] => {
  if (!interactive) return [];
  const host = agentConfig ? agentConfig.rendezvousIP : placeholder;
  return [{ path: rendezvousFile, content: environment(host, interactive) }];
};

const rendezvousOfLater = ({ agentConfig, staticHosts, interactive }: Configuration): RendezvousFile[] => {
  const ip = agentConfig?.rendezvousIP || firstStaticIp(staticHosts);
  return ip === undefined
    ? [{ path: `${rendezvousFile}.template`, content: environment(placeholder, interactive) }]
    : [{ path: rendezvousFile, content: environment(canonical(ip), interactive) }];
};

/** The environment file of the rendezvous host, or its template where no address is known; G1 may write none. */
export const rendezvousFiles = (configuration: Configuration, generation: Generation): RendezvousFile[] =>
  generation === 'G1' ? rendezvousOfG1(configuration) : rendezvousOfLater(configuration);
