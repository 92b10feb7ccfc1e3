import type { Cluster } from '../cluster/cluster.ts';
import { invalid } from '../errors.ts';
import type { Owner } from '../owner.ts';
import { architectureOf, type Release } from '../release/release.ts';
import { secondsAfter } from '../time.ts';
import { isPrintable } from '../values/printable.ts';
import { checkPullSecret } from '../values/pull-secret.ts';
import type { ImageType } from './image-type.ts';
import { type InfraEnv, infraEnvIdleSeconds, registrationSeconds } from './infra-env.ts';
import type { InfraEnvCreateParams } from './infra-env-settings.ts';
import { changedSettings } from './setting-application.ts';
import { targetArchitecture } from './target-release.ts';
import { checkArchitecture, checkIsBound, targetVersion } from './target-version.ts';

interface Registration {
  readonly params: InfraEnvCreateParams;
  /** The one that the parameters name. */
  readonly cluster: Cluster | undefined;
  /** Of the cluster; unbound, the one that the parameters name or the newest. */
  readonly release: Release | undefined;
  readonly owner: Owner;
  readonly id: string;
  readonly pullSecretId: string;
  readonly now: Date;
}

const checkName = (name: string): void => {
  if (!isPrintable(name)) throw invalid('name in body must not have control characters');
};

/** What is new about every infra-env. A disconnected one is registered only once its cluster is marked. */
const beginning = (type: ImageType, now: Date) => {
  const isWaiting = type === 'disconnected-iso';
  const seconds = isWaiting ? registrationSeconds : infraEnvIdleSeconds;
  return {
    version: 1,
    revision: 1,
    registration: isWaiting ? 'registering' : 'registered',
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    expiresAt: secondsAfter(now, seconds),
  } as const;
};

/**
 * The infra-env that `POST /v2/infra-envs` asks for; refusals take precedence as in the assisted-service API. The pull
 * secret is checked and not kept.
 *
 * @throws ClusterRequired, InvalidInput
 */
export const newInfraEnv = ({ params, cluster, release, now, ...identity }: Registration): InfraEnv => {
  const { name, image_type, openshift_version: asked } = params;
  const type = image_type || 'full-iso';
  const cpuArchitecture = targetArchitecture({ params, cluster, release });
  const target = { cpuArchitecture, cluster, release };
  checkName(name);
  checkIsBound(type, cluster?.id);
  checkArchitecture(target);
  const openshiftVersion = targetVersion({ ...target, asked });
  const settings = changedSettings({}, { call: 'registration', type, params });
  checkPullSecret(params.pull_secret, 'infraEnv');
  return {
    ...identity,
    ...beginning(type, now),
    name,
    type,
    cpuArchitecture,
    settings,
    ...(cluster ? { clusterId: cluster.id } : {}),
    ...(release ? { releaseArchitecture: architectureOf(release) } : {}),
    ...(openshiftVersion === undefined ? {} : { openshiftVersion }),
  };
};
