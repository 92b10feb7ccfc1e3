import type { InfraEnv } from '../infra-env/infra-env.ts';
import { networkLabels } from './network-manifests.ts';
import { sshKeysOf } from './ssh-keys.ts';
import { ntpSourcesOf } from './time-sources.ts';

/** What the manifest takes of an infra-env. */
export type ManifestSubject = Pick<InfraEnv, 'id' | 'name' | 'cpuArchitecture' | 'settings'>;

export const pullSecretName = 'pull-secret';

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

const networkSpec = ({ id, settings: { static_network_config: hosts = [] } }: ManifestSubject) =>
  hosts.length === 0 ? {} : { nmStateConfigLabelSelector: { matchLabels: networkLabels(id) } };

/**
 * infraenv.yaml. The binary makes one entry of a key's value with several lines; the merge sets the entries of user core.
 * This copy, from which the service on the rendezvous host takes its keys, is split at the lines there.
 */
export const infraEnvManifest = (infraEnv: ManifestSubject) => {
  const { name, cpuArchitecture, settings } = infraEnv;
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
      ...networkSpec(infraEnv),
    },
  };
};
