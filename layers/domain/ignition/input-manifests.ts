import { type HostNetwork, staticAddresses } from '../infra-env/static-network.ts';
import type { NetworkProfile } from '../release/installer-profile.ts';
import type { IpAddress } from '../values/address.ts';
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
  /** What the binary makes of static networks; undefined where the infra-env has none. */
  readonly networks?: NetworkProfile | undefined;
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

const requiredContents = ({ infraEnv, pullSecret }: Pick<Inputs, 'infraEnv' | 'pullSecret'>): Contents => ({
  'cluster-manifests/infraenv.yaml': writeManifest(infraEnvManifest(infraEnv)),
  'cluster-manifests/pull-secret.yaml': writeManifest(pullSecretManifest(pullSecret)),
});

const rendezvousContents = ({ name, settings }: ManifestSubject): Contents => {
  const address = rendezvousAddress(settings);
  if (address === undefined) return {};
  const manifest = { apiVersion: 'v1beta1', kind: 'AgentConfig', metadata: { name }, rendezvousIP: String(address) };
  return { 'agent-config.yaml': writeManifest(manifest) };
};

const hostsOf = ({ settings }: ManifestSubject) => settings.static_network_config ?? [];

const networkContents = (infraEnv: ManifestSubject): Contents => ({
  'cluster-manifests/nmstateconfig.yaml': networkManifest(hostsOf(infraEnv), infraEnv.id),
});

const isSame = (one: IpAddress | undefined, other: IpAddress | undefined): boolean => String(one) === String(other);

/** Where the first host has one address alone, there is no doubt which of them the binary takes by itself. */
const soleAddress = (hosts: readonly HostNetwork[]): IpAddress | undefined => {
  const addresses = staticAddresses(hosts.slice(0, 1));
  return addresses.length === 1 ? addresses[0] : undefined;
};

const needsOwnRun = (infraEnv: ManifestSubject, { besideAddress, makeRendezvousHost }: NetworkProfile): boolean => {
  const hosts = hostsOf(infraEnv);
  const wanted = rendezvousAddress(infraEnv.settings);
  // Without an address the binary would take the first of the networks', whether others can reach it or not.
  if (wanted === undefined) return makeRendezvousHost && staticAddresses(hosts).length > 0;
  return besideAddress === 'discarded' && !(makeRendezvousHost && isSame(soleAddress(hosts), wanted));
};

/**
 * The input files of the run of `agent create unconfigured-ignition` that makes the ignition; readable by their owner
 * alone. No agent-config.yaml lies beside a nmstateconfig.yaml where it makes the binary discard all static networks.
 */
export const inputFiles = (inputs: Inputs): readonly InputFile[] => {
  const { infraEnv, networks } = inputs;
  const hasNetworks = hostsOf(infraEnv).length > 0;
  const takesAddress = !hasNetworks || networks?.besideAddress === 'arrive';
  return filesOf({
    ...requiredContents(inputs),
    'mirror/registries.conf': registriesConf,
    ...(hasNetworks ? networkContents(infraEnv) : {}),
    ...(takesAddress ? rendezvousContents(infraEnv) : {}),
  });
};

/** The binary insists on a pull secret: the user's need not lie in a second folder. */
const noPullSecret = JSON.stringify({ auths: { 'rendezvous.invalid': { auth: 'bm9ib2R5Om5vdGhpbmc=' } } });

/** The input files of a run of its own for the files of the rendezvous host; undefined where one run makes them all. */
export const rendezvousInputFiles = (
  infraEnv: ManifestSubject,
  networks: NetworkProfile | undefined,
): readonly InputFile[] | undefined =>
  networks !== undefined && hostsOf(infraEnv).length > 0 && needsOwnRun(infraEnv, networks)
    ? filesOf({
        ...requiredContents({ infraEnv: { ...infraEnv, settings: {} }, pullSecret: noPullSecret }),
        ...rendezvousContents(infraEnv),
      })
    : undefined;
