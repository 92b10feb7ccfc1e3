import type { InfraEnvSettings } from '../infra-env/settings.ts';
import type { IgnitionFile } from './ignition.ts';
import { textResource } from './resource.ts';
import { quotedWord } from './systemd-words.ts';

type Proxy = NonNullable<InfraEnvSettings['proxy']>;

const assignment = (name: string, value: string): string => `DefaultEnvironment=${quotedWord(`${name}=${value}`)}`;

/**
 * The environment of all services. The binary makes this file too, but escapes nothing and doubles `%` in two of the three
 * values only. The names are upper case alone, as it writes them: curl, which would take the lower-case http_proxy, talks
 * to the rendezvous host directly. For its owner alone, since a proxy may come with a password.
 */
export const proxyFiles = ({ proxy }: { readonly proxy?: Proxy | undefined }): IgnitionFile[] => {
  if (proxy === undefined) return [];
  const variables = { HTTP_PROXY: proxy.http_proxy, HTTPS_PROXY: proxy.https_proxy, NO_PROXY: proxy.no_proxy };
  const lines = Object.entries(variables).flatMap(([name, value]) => (value ? [assignment(name, value)] : []));
  return [
    {
      path: '/etc/systemd/system.conf.d/10-default-env.conf',
      overwrite: true,
      user: { name: 'root' },
      mode: 0o600,
      contents: textResource(['[Manager]', ...lines, ''].join('\n')),
    },
  ];
};
