import { type DumpOptions, dump } from 'js-yaml';
import type { InfraEnv } from '../infra-env/infra-env.ts';
import { registriesConf } from './mirrors.ts';
import { sshKeysOf } from './ssh-keys.ts';
import { ntpSourcesOf } from './time-sources.ts';

/** One file that the binary reads, relative to its folder. */
export interface InputFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

interface Inputs {
  readonly infraEnv: Pick<InfraEnv, 'name' | 'cpuArchitecture' | 'settings'>;
  /** JSON as the user gave it. */
  readonly pullSecret: string;
}

const pullSecretName = 'pull-secret';

// Strings are always quoted: the binary reads YAML 1.1, where a plain `yes`, `1_0` or `12:30` is not a string.
const yaml: DumpOptions = { forceQuotes: true, quoteStyle: 'double', lineWidth: -1 };

const proxySpec = ({ proxy }: InfraEnv['settings']) => {
  if (proxy === undefined) return {};
  const { http_proxy: httpProxy, https_proxy: httpsProxy, no_proxy: noProxy } = proxy;
  const given = Object.entries({ httpProxy, httpsProxy, noProxy }).filter(([, value]) => value !== undefined);
  return { proxy: Object.fromEntries(given) };
};

// The key for sources that exclude all others is unknown to older binaries, which refuse what they do not know: the
// service on the rendezvous host, which configures the cluster, gets these as additional ones too.
const timeSpec = (settings: InfraEnv['settings']) => {
  const sources = ntpSourcesOf(settings);
  return sources.length === 0 ? {} : { additionalNTPSources: sources };
};

const trustSpec = ({ additional_trust_bundle: bundle }: InfraEnv['settings']) =>
  bundle === undefined ? {} : { additionalTrustBundle: bundle };

// The binary makes one entry of a value with several lines; the merge sets the entries of user core. This copy, from
// which the service on the rendezvous host takes its keys, is split at the lines there.
const infraEnvManifest = ({ name, cpuArchitecture, settings }: Inputs['infraEnv']) => {
  const sshKeys = sshKeysOf(settings);
  return {
    apiVersion: 'agent-install.openshift.io/v1beta1',
    kind: 'InfraEnv',
    metadata: { name },
    spec: {
      cpuArchitecture,
      pullSecretRef: { name: pullSecretName },
      ...(sshKeys.length === 0 ? {} : { sshAuthorizedKey: sshKeys.join('\n') }),
      ...proxySpec(settings),
      ...timeSpec(settings),
      ...trustSpec(settings),
    },
  };
};

// stringData, since the binary refuses `data`.
const pullSecretManifest = (pullSecret: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: pullSecretName },
  type: 'kubernetes.io/dockerconfigjson',
  stringData: { '.dockerconfigjson': pullSecret },
});

/** The input files of one run of `agent create unconfigured-ignition`; readable by their owner alone. */
export const inputFiles = ({ infraEnv, pullSecret }: Inputs): readonly InputFile[] =>
  Object.entries({
    'cluster-manifests/infraenv.yaml': dump(infraEnvManifest(infraEnv), yaml),
    'cluster-manifests/pull-secret.yaml': dump(pullSecretManifest(pullSecret), yaml),
    'mirror/registries.conf': registriesConf,
  }).map(([path, content]) => ({ path, content, mode: 0o600 }));
