import { normaliseArchitecture } from '../architecture.ts';
import { invalid } from '../errors.ts';
import type { Owner } from '../owner.ts';
import { architectureOf, type Release } from '../release/release.ts';
import { isLine, releaseOfImage, resolveRelease } from '../release/resolve.ts';
import { secondsAfter } from '../time.ts';
import { checkBaseDomain, checkClusterName } from '../values/dns.ts';
import { checkPullSecret } from '../values/pull-secret.ts';
import { checkSshKeys } from '../values/ssh-key.ts';
import { type AskedSettings, askedSettings, emptySettings, overlaid } from './asked-settings.ts';
import { type Cluster, type ClusterKind, clusterIdleSeconds } from './cluster.ts';
import type { ClusterCreateParams, ClusterSettings, DisconnectedClusterParams } from './cluster-settings.ts';
import { checkControlPlane, completeControlPlane } from './control-plane.ts';
import { checkPrimaryFamily } from './networks.ts';
import { checkNetworking, networkingOf, settledSettings } from './settled-settings.ts';
import { initialStatus } from './transitions.ts';
import { withValidations } from './validations.ts';

interface Registration {
  readonly release: Release;
  readonly owner: Owner;
  readonly id: string;
  readonly now: Date;
}

/**
 * The release that a cluster asks for by its version, its architecture and its release image together.
 *
 * @throws InvalidInput
 */
export const releaseOfCluster = (
  releases: readonly Release[],
  params: Pick<ClusterCreateParams, 'openshift_version' | 'cpu_architecture' | 'ocp_release_image'>,
): Release => {
  const { openshift_version: openshiftVersion, cpu_architecture, ocp_release_image: image } = params;
  const wanted = { openshiftVersion, cpuArchitecture: cpu_architecture || undefined };
  return image ? releaseOfImage(releases, image, wanted) : resolveRelease(releases, wanted);
};

/** A cluster's architecture is its release's: all of them together are `multi` (assisted-service API). */
const checkedArchitecture = (release: Release, requested: string | undefined): string => {
  const architecture = architectureOf(release);
  const isServed =
    requested === undefined || architecture === 'multi' || normaliseArchitecture(requested) === architecture;
  if (!isServed) throw invalid(`Requested CPU architecture ${requested} is not available`);
  return architecture;
};

/** Clusters that nobody changes end so long after `now`, in seconds since 1970. */
export const endOfLife = (now: Date): number => secondsAfter(now, clusterIdleSeconds);

interface Naming {
  readonly name: string;
  readonly settings: ClusterSettings;
}

/**
 * Checks what is checked last: the name, the domain that it makes, and the SSH keys, which it brings into their stored
 * form.
 *
 * @throws InvalidInput
 */
export const withCheckedNames = ({ name, settings }: Naming): ClusterSettings => {
  checkClusterName({ name, platform: settings.platform?.type });
  checkBaseDomain({ name, baseDomain: settings.base_dns_domain });
  const { ssh_public_key: keys } = settings;
  return keys === undefined ? settings : { ...settings, ssh_public_key: checkSshKeys(keys) };
};

interface AskedOfRelease {
  readonly asked: AskedSettings;
  readonly release: Release;
  /** As the caller spells it; undefined: any. */
  readonly requestedArchitecture: string | undefined;
}

/**
 * The settings that a new cluster gets when it asks for these, with every rule that looks at neither its name nor its
 * keys, in the order of the assisted-service API.
 *
 * @throws InvalidInput
 */
export const registeredSettings = ({ asked, release, requestedArchitecture: requested }: AskedOfRelease) => {
  const { version: openshiftVersion } = release;
  checkPrimaryFamily(networkingOf(asked));
  const controlPlane = completeControlPlane(asked);
  checkControlPlane(controlPlane, openshiftVersion);
  checkNetworking(asked, openshiftVersion);
  const cpuArchitecture = checkedArchitecture(release, requested);
  const settings = settledSettings({
    asked,
    controlPlane,
    platform: asked,
    openshiftVersion,
    requestedArchitecture: requested === undefined ? undefined : normaliseArchitecture(requested),
    cpuArchitecture,
  });
  return { cpuArchitecture, settings };
};

const settingsOf = (params: ClusterCreateParams, release: Release) => {
  const asked = overlaid({}, askedSettings(params));
  const requestedArchitecture = params.cpu_architecture || undefined;
  const { cpuArchitecture, settings } = registeredSettings({ asked, release, requestedArchitecture });
  checkPullSecret(params.pull_secret, 'cluster');
  return { cpuArchitecture, settings: withCheckedNames({ name: params.name, settings }) };
};

const record = ({ release, owner, id, now }: Registration, kind: ClusterKind) => ({
  id,
  kind,
  owner,
  version: 1,
  ...initialStatus[kind],
  statusUpdatedAt: now.toISOString(),
  openshiftVersion: release.version,
  releaseImage: release.releaseImage,
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
  expiresAt: endOfLife(now),
});

/**
 * The record of a new cluster, all of its settings checked in the order of the assisted-service API. The pull secret is
 * checked and forgotten: what goes into an ignition is the infra-env's own.
 *
 * @param registration `release` is the one that the requested version and architecture mean
 * @throws InvalidInput
 */
export const newCluster = ({
  params,
  ...registration
}: Registration & { readonly params: ClusterCreateParams }): Cluster => {
  return withValidations({
    ...record(registration, 'Cluster'),
    name: params.name,
    pullSecretSet: true,
    ...settingsOf(params, registration.release),
  });
};

interface DisconnectedRegistration extends Registration, Pick<DisconnectedClusterParams, 'name'> {
  /** The version as the caller names it; without one, the release's. */
  readonly asked?: string;
}

/**
 * The record of a cluster that only names a version. Better than the original: the name is checked, and the version is
 * a release's. A line of releases stays open: which of them it is, the first infra-env says by its architecture.
 *
 * @throws InvalidInput
 */
export const newDisconnectedCluster = ({ name, asked, ...registration }: DisconnectedRegistration): Cluster => {
  checkClusterName({ name });
  return {
    ...record(registration, 'DisconnectedCluster'),
    ...(asked !== undefined && isLine(asked) ? { askedVersion: asked } : {}),
    name,
    pullSecretSet: false,
    settings: emptySettings(),
  };
};
