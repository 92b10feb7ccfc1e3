import { ignitionKey } from '#domain/artifact.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { failure } from '#domain/errors.ts';
import { finishedIgnition } from '#domain/ignition/check.ts';
import { parseIgnition } from '#domain/ignition/ignition.ts';
import { type Additions, mergeIgnition } from '#domain/ignition/merge.ts';
import { newRedaction, type Redaction } from '#domain/ignition/redaction.ts';
import { settingFiles } from '#domain/ignition/setting-files.ts';
import { sshKeysOf } from '#domain/ignition/ssh-keys.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { credentialsIn } from '#domain/rules/proxy-url.ts';
import type { Dependencies } from './dependencies.ts';
import { recordFailed, recordGenerated } from './report.ts';
import type { IgnitionAnswer, IgnitionRequest } from './request.ts';
import { loadCluster, loadRelease } from './subject.ts';
import { startTimeLimit, type TimeLimit } from './time-limit.ts';
import { createUnconfigured } from './unconfigured.ts';

interface Invocation {
  /** Milliseconds until Lambda ends it. */
  readonly remainingMs: () => number;
}

interface Generation {
  readonly infraEnv: InfraEnv;
  readonly redaction: Redaction;
  readonly limit: TimeLimit;
}

const loadPullSecret = async ({ pullSecrets }: Dependencies, { infraEnv, redaction }: Generation) => {
  const { id: infraEnvId, pullSecretId, owner } = infraEnv;
  const pullSecret = await pullSecrets.read({ infraEnvId, pullSecretId, userName: owner.userName });
  if (pullSecret !== undefined) redaction.learn(pullSecret);
  return pullSecret;
};

// A secret that is gone was replaced, or deleted with its infra-env, since the infra-env was read.
const answerWithoutSecret = async ({ infraEnvs }: Dependencies, infraEnv: InfraEnv): Promise<IgnitionAnswer> => {
  const now = await infraEnvs.get(infraEnv.id);
  if (now === undefined) throw failure('NotFound');
  if (now.revision === infraEnv.revision) throw new Error('the pull secret of the infra-env is not stored');
  return { superseded: true };
};

const additionsOf = ({ id, settings }: InfraEnv): Additions => {
  const { ignition_config_override: override } = settings;
  return {
    infraEnvId: id,
    sshKeys: sshKeysOf(settings),
    files: settingFiles(settings),
    ...(override === undefined ? {} : { override: parseIgnition(override) }),
  };
};

const finish = (unconfigured: string, infraEnv: InfraEnv): Buffer =>
  finishedIgnition(mergeIgnition(parseIgnition(unconfigured), additionsOf(infraEnv)));

// The binary gets the proxies as they are, and may repeat its inputs.
const learnProxies = ({ infraEnv, redaction }: Generation): void => {
  const { http_proxy, https_proxy } = infraEnv.settings.proxy ?? {};
  for (const url of [http_proxy, https_proxy]) credentialsIn(url ?? '').forEach(redaction.learn);
};

const build = async (
  dependencies: Dependencies,
  generation: Generation & { readonly cluster: Cluster },
): Promise<IgnitionAnswer> => {
  const { infraEnv, cluster } = generation;
  const key = ignitionKey(infraEnv);
  learnProxies(generation);
  const [release, pullSecret] = await Promise.all([
    loadRelease(dependencies, { cluster, infraEnv }),
    loadPullSecret(dependencies, generation),
  ]);
  if (pullSecret === undefined) return answerWithoutSecret(dependencies, infraEnv);
  const unconfigured = await createUnconfigured(dependencies, { ...generation, release, pullSecret });
  // The first writer's bytes stand, and the event is the first writer's: a loser's ignition is dropped.
  const isFirst = await dependencies.artifacts.writeOnce(key, finish(unconfigured, infraEnv));
  if (!isFirst) return { key, superseded: false };
  // An infra-env that was deleted meanwhile had no artifact yet that its deletion could have removed.
  if ((await dependencies.infraEnvs.get(infraEnv.id)) === undefined) {
    await dependencies.artifacts.remove(key);
    return { superseded: true };
  }
  await recordGenerated(dependencies, infraEnv, cluster);
  return { key, superseded: false };
};

const generate = async (dependencies: Dependencies, generation: Generation): Promise<IgnitionAnswer> => {
  const { infraEnv } = generation;
  const key = ignitionKey(infraEnv);
  const [cluster, existing] = await Promise.all([
    loadCluster(dependencies, infraEnv),
    dependencies.artifacts.find(key),
  ]);
  return existing === undefined ? build(dependencies, { ...generation, cluster }) : { key, superseded: false };
};

/**
 * Makes the discovery.ign of one revision of an infra-env, unless it is there. Run twice or at the same time, the first
 * to store its bytes wins and all give the same key; run late, for a revision that is no longer current, it does nothing.
 *
 * @throws ServiceError, and nothing else; each but NotFound is also told in an event
 */
export const generateIgnition =
  (dependencies: Dependencies) =>
  async (request: IgnitionRequest, { remainingMs }: Invocation): Promise<IgnitionAnswer> => {
    const infraEnv = await dependencies.infraEnvs.get(request.infra_env_id);
    if (infraEnv === undefined) throw failure('NotFound');
    if (infraEnv.revision !== request.revision) return { superseded: true };
    const redaction = newRedaction();
    try {
      const limit = startTimeLimit({ timeoutSeconds: dependencies.timeoutSeconds, remainingMs });
      return await generate(dependencies, { infraEnv, redaction, limit });
    } catch (error) {
      throw await recordFailed(dependencies, { error, infraEnv, redaction });
    }
  };
