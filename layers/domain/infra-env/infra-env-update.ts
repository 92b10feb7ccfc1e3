import type { Cluster } from '../cluster/cluster.ts';
import { invalid } from '../errors.ts';
import { architectureOf, type Release } from '../release/release.ts';
import { secondsAfter } from '../time.ts';
import { checkPullSecret } from '../values/pull-secret.ts';
import type { ImageType } from './image-type.ts';
import { type InfraEnv, infraEnvIdleSeconds } from './infra-env.ts';
import type { InfraEnvUpdateParams } from './infra-env-settings.ts';
import { haveSameInputs } from './revision.ts';
import { type AskedChanges, changedSettings } from './setting-application.ts';
import { checkIsBound, targetVersion } from './target-version.ts';

interface Update {
  readonly infraEnv: InfraEnv;
  readonly params: InfraEnvUpdateParams;
  /** The one that the infra-env is bound to. */
  readonly cluster: Cluster | undefined;
  /** Where the parameters name a version: bound, the cluster's release; unbound, the one named, or the newest if they clear it. */
  readonly release?: Release | undefined;
  readonly now: Date;
}

interface Updated {
  readonly infraEnv: InfraEnv;
  /** What was generated so far is no longer what the infra-env asks for. */
  readonly artifactChanged: boolean;
}

/** The settings from this place on are refused after openshift_version (assisted-service API). */
const versionPrecedence = 90;

const checkNewPullSecret = (pullSecret: string | undefined): void => {
  if (pullSecret === '') throw invalid('pull_secret cannot be cleared: an infra-env needs one');
  if (pullSecret !== undefined) checkPullSecret(pullSecret);
};

const settingsOf = ({ infraEnv, params, cluster, release }: Update, type: ImageType) => {
  const { cpuArchitecture, openshiftVersion: current } = infraEnv;
  const changes: AskedChanges = { call: 'update', type, params };
  const changed = changedSettings(infraEnv.settings, changes, (precedence) => precedence < versionPrecedence);
  const version = targetVersion({ asked: params.openshift_version, current, cpuArchitecture, cluster, release });
  const settings = changedSettings(changed, changes, (precedence) => precedence >= versionPrecedence);
  return {
    settings,
    ...(version === undefined ? {} : { openshiftVersion: version }),
    ...(release === undefined ? {} : { releaseArchitecture: architectureOf(release) }),
  };
};

/**
 * What `PATCH /v2/infra-envs/{id}` makes of an infra-env: absent keeps, empty clears, refusals take precedence as in the
 * assisted-service API. Each change prolongs its life. A new pull secret is checked and not kept, and always counts as a
 * change of the artifact, since the stored one cannot be read here.
 *
 * @throws ClusterRequired, InvalidInput
 */
export const updatedInfraEnv = (update: Update): Updated => {
  const { infraEnv, params, now } = update;
  const type = params.image_type || infraEnv.type;
  const pullSecret = params.pull_secret ?? undefined;
  checkIsBound(type, infraEnv.clusterId);
  checkNewPullSecret(pullSecret);
  const changed: InfraEnv = {
    ...infraEnv,
    ...settingsOf(update, type),
    type,
    version: infraEnv.version + 1,
    updatedAt: now.toISOString(),
    expiresAt: Math.max(infraEnv.expiresAt, secondsAfter(now, infraEnvIdleSeconds)),
  };
  const artifactChanged = pullSecret !== undefined || !haveSameInputs(infraEnv, changed);
  return { infraEnv: artifactChanged ? { ...changed, revision: infraEnv.revision + 1 } : changed, artifactChanged };
};
