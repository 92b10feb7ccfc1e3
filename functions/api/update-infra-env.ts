import { toInfraEnvAnswer } from '#contract/infra-env-answer.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { awaitsTransition, checkAcceptsDisconnected } from '#domain/cluster/transitions.ts';
import { checkTakesKernelArguments } from '#domain/composition/composition.ts';
import { latestRun } from '#domain/composition/latest-run.ts';
import { failure } from '#domain/errors.ts';
import { checkReleaseCarries } from '#domain/ignition/release-limits.ts';
import { checkFits } from '#domain/ignition/size-estimate.ts';
import { checkReadable } from '#domain/ignition/standard/network-files.ts';
import { type InfraEnv, secretOf } from '#domain/infra-env/infra-env.ts';
import { updatedInfraEnv } from '#domain/infra-env/infra-env-update.ts';
import type { Release } from '#domain/release/release.ts';
import { newestRelease, resolveRelease } from '#domain/release/resolve.ts';
import { checkStorable } from '#domain/storable.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { afterCommit } from './after-commit.ts';
import type { Dependencies } from './api-dependencies.ts';
import { clusterSites } from './cluster-sites.ts';
import { type SettingsCheck, settingsCheck } from './settings-check.ts';
import { whileStale } from './stale.ts';
import { checkTimeToStore, untilWithdrawal } from './time-left.ts';

interface Change {
  readonly before: InfraEnv;
  readonly after: InfraEnv;
  readonly pullSecret: string | undefined;
}

interface Followed {
  readonly cluster: Cluster | undefined;
  readonly artifactChanged: boolean;
  readonly remainingMs: () => number;
}

const entersDisconnected = ({ before, after }: Change): boolean =>
  before.type !== 'disconnected-iso' && after.type === 'disconnected-iso';

const leavesDisconnected = ({ before, after }: Change): boolean =>
  before.type === 'disconnected-iso' && after.type !== 'disconnected-iso';

export const infraEnvUpdate = (dependencies: Dependencies): Operations<'UpdateInfraEnv'> => {
  const { infraEnvs, releases, pullSecrets, workflows, mediaAttempts, linkToImage, clock, newId } = dependencies;
  const { ownInfraEnv, boundCluster } = ownRecords(dependencies);
  const { attempt, prolong } = afterCommit(dependencies);
  const { checkedSite } = clusterSites(dependencies);

  const releaseNow = async (infraEnv: InfraEnv): Promise<Release | undefined> =>
    infraEnv.openshiftVersion === undefined ? undefined : releases.get(infraEnv.openshiftVersion, infraEnv);

  /** The release that a change names, the newest if it clears; bound to a cluster, it is the cluster's. */
  const releaseOf = async (infraEnv: InfraEnv, asked: string | null | undefined): Promise<Release | undefined> => {
    const { clusterId, cpuArchitecture } = infraEnv;
    if (asked === undefined || asked === null) return undefined;
    if (clusterId !== undefined) return releaseNow(infraEnv);
    const all = await releases.all();
    if (asked === '') return newestRelease(all, cpuArchitecture);
    return resolveRelease(all, { openshiftVersion: asked, cpuArchitecture });
  };

  // What is being generated would be for a type that the infra-env no longer has.
  const checkIsIdle = async (infraEnv: InfraEnv) => {
    const { run } = await latestRun({ media: workflows, mediaAttempts }, infraEnv);
    if (run?.isRunning) throw failure('MediaBeingPrepared', { id: infraEnv.id });
  };

  /** The new secret of a write that failed, unless the record names it all the same. What this leaves behind expires. */
  const withdrawSecret = ({ after }: Change) =>
    attempt('remove the pull secret of a failed change', after.id, async () => {
      const stored = await infraEnvs.get(after.id);
      if (stored?.pullSecretId !== after.pullSecretId) await pullSecrets.remove(secretOf(after));
    });

  /** A new secret is stored beside the old one; the write of the infra-env switches over; then the other one goes. */
  const saveWithSecret = async (change: Change & { readonly pullSecret: string }) => {
    const { before, after, pullSecret } = change;
    await pullSecrets.store({ ...secretOf(after), pullSecret, expiresAt: after.expiresAt });
    try {
      await infraEnvs.save(after);
    } catch (error) {
      await withdrawSecret(change);
      throw error;
    }
    await attempt('remove the replaced pull secret', before.id, () => pullSecrets.remove(secretOf(before)));
  };

  /** The secret's life is prolonged first: no infra-env outlives its secret. */
  const save = async ({ pullSecret, ...change }: Change) => {
    if (pullSecret !== undefined) return saveWithSecret({ ...change, pullSecret });
    await pullSecrets.extend({ ...secretOf(change.after), expiresAt: change.after.expiresAt });
    return infraEnvs.save(change.after);
  };

  /** Generates ahead of the first download. Without it that download generates. */
  const prepareMedia = ({ id: infraEnvId, revision }: InfraEnv) =>
    attempt('start prepare-media', infraEnvId, () => workflows.prepareMedia({ infraEnvId, revision }));

  // By the state as well as by the change: one that died behind its write is completed by the caller's next try.
  const followUp = async (change: Change, { cluster, artifactChanged, remainingMs }: Followed) => {
    const { id: infraEnvId, clusterId, pullSecretId, revision, expiresAt, type } = change.after;
    const isAwaited = type === 'disconnected-iso' && cluster !== undefined && awaitsTransition(cluster);
    if (clusterId !== undefined && (isAwaited || entersDisconnected(change))) {
      const transition = { infraEnvId, clusterId, pullSecretId, revision, expiresAt };
      await workflows.markAsDisconnected(transition, untilWithdrawal(remainingMs));
    } else if (artifactChanged && type === 'disconnected-iso') {
      await prepareMedia(change.after);
    }
  };

  const update = async (request: OperationRequest<'UpdateInfraEnv'>, checkSettings: SettingsCheck) => {
    const { caller, origin, parameters, body, remainingMs } = request;
    const before = await ownInfraEnv(parameters.infra_env_id, caller);
    const cluster = await boundCluster(before);
    const release = await releaseOf(before, body.openshift_version);
    const now = clock();
    const { infraEnv, artifactChanged } = updatedInfraEnv({ infraEnv: before, params: body, cluster, release, now });
    const pullSecret = body.pull_secret ?? undefined;
    const secured = pullSecret === undefined ? infraEnv : { ...infraEnv, pullSecretId: newId() };
    const checked = cluster === undefined ? secured : await checkedSite(secured, { cluster });
    const isRenewed = !artifactChanged && checked.siteDigest !== before.siteDigest;
    const after = isRenewed ? { ...checked, revision: checked.revision + 1 } : checked;
    checkStorable(after);
    const change = { before, after, pullSecret };
    if (entersDisconnected(change) && cluster !== undefined) checkAcceptsDisconnected(cluster);
    if (artifactChanged) {
      checkReadable(after);
      checkFits({ infraEnv: after, pullSecret });
      const release = await releaseNow(after);
      checkReleaseCarries(release, after);
      checkTakesKernelArguments(after, release?.baseIso);
    }
    if (leavesDisconnected(change)) await checkIsIdle(before);
    await checkSettings({ before, after, remainingMs });
    const answer = toInfraEnvAnswer(after, await linkToImage(after, origin));
    checkTimeToStore(remainingMs);
    await save(change);
    if (cluster !== undefined) await prolong(cluster, now);
    await followUp(change, { cluster, artifactChanged: artifactChanged || isRenewed, remainingMs });
    return { body: answer };
  };

  return {
    UpdateInfraEnv: (request) => {
      const checkSettings = settingsCheck(dependencies);
      return whileStale(() => update(request, checkSettings));
    },
  };
};
