import { isIPv6 } from 'node:net';
import { isIp } from './agent-config.ts';
import type { Authentication } from './authentication.ts';
import type { Configuration } from './configuration.ts';
import { refuseIgnition } from './refusal.ts';
import { mappingAt, mappingsAt, textAt } from './shape.ts';
import type { StaticHost } from './static-hosts.ts';
import type { Traits } from './traits.ts';

const rendezvousFile = '/etc/assisted/rendezvous-host.env';

export interface RendezvousFile {
  readonly path: string;
  readonly content: string;
}

/** What the text user interface on the host fills in. */
const placeholder = '{{.RendezvousIP}}';

const tokens = (authentication: Authentication | undefined): string[] =>
  authentication === undefined
    ? []
    : [`PULL_SECRET_TOKEN=${authentication.agentToken}`, `USER_AUTH_TOKEN=${authentication.userToken}`];

/** What a line of the files depends on, the host aside. */
interface Run {
  readonly interactive: boolean;
  readonly authentication: Authentication | undefined;
}

const environment = (host: string, { interactive, authentication }: Run): string => {
  const authority = isIPv6(host) ? `[${host}]` : host;
  return [
    `NODE_ZERO_IP=${host}`,
    `SERVICE_BASE_URL=http://${authority}:8090/`,
    `IMAGE_SERVICE_BASE_URL=http://${authority}:8888/`,
    ...tokens(authentication),
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

/** The first build looks at agent-config.yaml only when interactive, and takes its value as it is, even an absent one. */
const interactiveHost = ({ agentConfig, interactive }: Configuration): string | undefined => {
  if (!interactive) return undefined;
  return agentConfig ? agentConfig.rendezvousIP : placeholder;
};

const hostOf = (configuration: Configuration, rendezvous: Traits['rendezvous']): string | undefined => {
  if (rendezvous === 'interactive') return interactiveHost(configuration);
  const { agentConfig, staticHosts } = configuration;
  const ip = agentConfig?.rendezvousIP || (rendezvous === 'derived' ? firstStaticIp(staticHosts) : undefined);
  return ip === undefined ? undefined : canonical(ip);
};

/** The environment file of the rendezvous host where an address is known, and its template. The first build may write none. */
export const rendezvousFiles = (
  configuration: Configuration,
  { rendezvous }: Traits,
  authentication: Authentication | undefined,
): RendezvousFile[] => {
  const run = { interactive: configuration.interactive, authentication };
  const host = hostOf(configuration, rendezvous);
  return [
    ...(host === undefined ? [] : [{ path: rendezvousFile, content: environment(host, run) }]),
    ...(rendezvous === 'interactive'
      ? []
      : [{ path: `${rendezvousFile}.template`, content: environment(placeholder, run) }]),
  ];
};
