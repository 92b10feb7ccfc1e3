import type { HostFile } from '../../host/host-file.ts';
import { assignment, type ProxySettings, proxyVariables } from '../../host/proxy-environment.ts';

/** In both spellings: programs agree on neither. */
const variables = (settings: ProxySettings): readonly (readonly [string, string])[] =>
  proxyVariables(settings).flatMap(([name, value]) => [[name, value] as const, [name.toLowerCase(), value] as const]);

/** The words of an `Environment=` of systemd. */
export const proxyAssignments = (settings: ProxySettings): readonly string[] => variables(settings).map(assignment);

/** What stands in quotes is literal to a shell, but for the quote itself. */
const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** For those who log in. */
export const proxyProfile = (settings: ProxySettings): readonly HostFile[] => {
  const lines = variables(settings).map(([name, value]) => `export ${name}=${shellWord(value)}\n`);
  return lines.length === 0 ? [] : [{ path: '/etc/profile.d/proxy.sh', mode: 0o644, text: lines.join('') }];
};

/** For Ignition itself, which may have to fetch what an override names. */
export const ignitionProxy = ({ proxy }: ProxySettings): object | undefined => {
  if (proxy === undefined) return undefined;
  const { http_proxy: httpProxy, https_proxy: httpsProxy, no_proxy } = proxy;
  return {
    ...(httpProxy ? { httpProxy } : {}),
    ...(httpsProxy ? { httpsProxy } : {}),
    ...(no_proxy ? { noProxy: no_proxy.split(',') } : {}),
  };
};
