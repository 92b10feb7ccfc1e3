import { type CarriedFile, toIgnitionFile } from './host-file.ts';
import { quotedWord } from './systemd-words.ts';

export interface ProxySettings {
  readonly proxy?:
    | {
        readonly http_proxy?: string | undefined;
        readonly https_proxy?: string | undefined;
        readonly no_proxy?: string | undefined;
      }
    | undefined;
}

type Variable = readonly [name: string, value: string];

/** The variables by which programs know a proxy, in upper case; those without a value are left out. */
export const proxyVariables = ({ proxy = {} }: ProxySettings): readonly Variable[] =>
  Object.entries({ HTTP_PROXY: proxy.http_proxy, HTTPS_PROXY: proxy.https_proxy, NO_PROXY: proxy.no_proxy }).flatMap(
    ([name, value]): Variable[] => (value ? [[name, value]] : []),
  );

/** A variable as a word of systemd's settings of environments. */
export const assignment = ([name, value]: Variable): string => quotedWord(`${name}=${value}`);

/**
 * The environment of all services. The binary makes this file too, but escapes nothing and doubles `%` in two of the three
 * values only. The names are upper case alone, as it writes them: curl, which would take the lower-case http_proxy, talks
 * to the rendezvous host directly. For its owner alone, since a proxy may come with a password.
 */
export const proxyFiles = (settings: ProxySettings): CarriedFile[] => {
  if (settings.proxy === undefined) return [];
  const lines = proxyVariables(settings).map((variable) => `DefaultEnvironment=${assignment(variable)}`);
  const text = ['[Manager]', ...lines, ''].join('\n');
  return [toIgnitionFile({ path: '/etc/systemd/system.conf.d/10-default-env.conf', mode: 0o600, text })];
};

/** In infraenv.yaml, from which the service on the rendezvous host takes the proxy of the cluster. */
export const proxySpec = ({ proxy }: ProxySettings) => {
  if (proxy === undefined) return {};
  const { http_proxy: httpProxy, https_proxy: httpsProxy, no_proxy: noProxy } = proxy;
  const given = Object.entries({ httpProxy, httpsProxy, noProxy }).filter(([, value]) => value !== undefined);
  return { proxy: Object.fromEntries(given) };
};
