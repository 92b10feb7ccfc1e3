import { infraEnvManifest, type ManifestSubject, pullSecretName } from './infra-env-manifest.ts';
import { writeManifest } from './manifest-yaml.ts';
import { registriesConf } from './mirrors.ts';
import { networkManifest } from './network-manifests.ts';
import { rendezvousAddress } from './rendezvous.ts';

/** One file that the binary reads, relative to its folder. */
export interface InputFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

interface Inputs {
  readonly infraEnv: ManifestSubject;
  /** JSON as the user gave it. */
  readonly pullSecret: string;
}

// stringData, since the binary refuses `data`.
const pullSecretManifest = (pullSecret: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: pullSecretName },
  type: 'kubernetes.io/dockerconfigjson',
  stringData: { '.dockerconfigjson': pullSecret },
});

type Contents = Readonly<Record<string, string>>;

const filesOf = (contents: Contents): readonly InputFile[] =>
  Object.entries(contents).map(([path, content]) => ({ path, content, mode: 0o600 }));

const requiredContents = ({ infraEnv, pullSecret }: Inputs): Contents => ({
  'cluster-manifests/infraenv.yaml': writeManifest(infraEnvManifest(infraEnv)),
  'cluster-manifests/pull-secret.yaml': writeManifest(pullSecretManifest(pullSecret)),
});

const rendezvousContents = ({ name, settings }: ManifestSubject): Contents => {
  const address = rendezvousAddress(settings);
  if (address === undefined) return {};
  const manifest = { apiVersion: 'v1beta1', kind: 'AgentConfig', metadata: { name }, rendezvousIP: String(address) };
  return { 'agent-config.yaml': writeManifest(manifest) };
};

const hasStaticNetwork = ({ settings }: ManifestSubject): boolean => (settings.static_network_config ?? []).length > 0;

const networkContents = ({ id, settings: { static_network_config: hosts = [] } }: ManifestSubject): Contents => ({
  'cluster-manifests/nmstateconfig.yaml': networkManifest(hosts, id),
});

/**
 * The input files of the run of `agent create unconfigured-ignition` that makes the ignition; readable by their owner
 * alone. Never an agent-config.yaml beside a nmstateconfig.yaml, which makes the binary discard all static networks.
 */
export const inputFiles = (inputs: Inputs): readonly InputFile[] => {
  const { infraEnv } = inputs;
  return filesOf({
    ...requiredContents(inputs),
    'mirror/registries.conf': registriesConf,
    ...(hasStaticNetwork(infraEnv) ? networkContents(infraEnv) : rendezvousContents(infraEnv)),
  });
};

/** The binary insists on a pull secret: the user's need not lie in a second folder. */
const noPullSecret = JSON.stringify({ auths: { 'rendezvous.invalid': { auth: 'bm9ib2R5Om5vdGhpbmc=' } } });

/**
 * The input files of a run of its own for the files of the rendezvous host; undefined where one run makes them all. It is
 * needed with static networks even if no address is known: some generations would take the first of the networks' addresses,
 * reachable or not, and others none.
 */
export const rendezvousInputFiles = (infraEnv: ManifestSubject): readonly InputFile[] | undefined =>
  hasStaticNetwork(infraEnv)
    ? filesOf({
        ...requiredContents({ infraEnv: { ...infraEnv, settings: {} }, pullSecret: noPullSecret }),
        ...rendezvousContents(infraEnv),
      })
    : undefined;
