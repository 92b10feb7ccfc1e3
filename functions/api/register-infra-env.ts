import { toInfraEnvAnswer } from '#contract/infra-env-answer.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { checkAcceptsDisconnected } from '#domain/cluster/transitions.ts';
import { checkTakesKernelArguments } from '#domain/composition/composition.ts';
import { failure, ServiceError } from '#domain/errors.ts';
import { checkReleaseCarries } from '#domain/ignition/release-limits.ts';
import { checkFits } from '#domain/ignition/size-estimate.ts';
import { checkReadable } from '#domain/ignition/standard/network-files.ts';
import { type InfraEnv, infraEnvIdleSeconds, secretOf } from '#domain/infra-env/infra-env.ts';
import { newInfraEnv } from '#domain/infra-env/infra-env-registration.ts';
import { targetRelease } from '#domain/infra-env/target-release.ts';
import { checkStorable } from '#domain/storable.ts';
import { secondsAfter } from '#domain/time.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { afterCommit } from './after-commit.ts';
import type { Dependencies } from './api-dependencies.ts';
import { clusterSites } from './cluster-sites.ts';
import { settingsCheck } from './settings-check.ts';
import { whileStale } from './stale.ts';
import { checkTimeToStore, failureInTime, untilWithdrawal } from './time-left.ts';

export const infraEnvRegistration = (dependencies: Dependencies): Operations<'RegisterInfraEnv'> => {
  const { clusters, infraEnvs, releases, quota, pullSecrets, workflows, linkToImage, clock, newId, logger } =
    dependencies;
  const { ownCluster } = ownRecords(dependencies);
  const { prolong, record } = afterCommit(dependencies);
  const { checkedSite } = clusterSites(dependencies);

  /** Removes what a failed registration has stored. What even that leaves behind is invisible and expires. */
  const withdraw = async (infraEnv: InfraEnv) => {
    try {
      await infraEnvs.remove(infraEnv.id);
      await pullSecrets.remove(secretOf(infraEnv));
    } catch {
      logger.warn('a failed registration was left to expire', { infraEnvId: infraEnv.id });
    }
  };

  const complete = async (infraEnv: InfraEnv, remainingMs: () => number) => {
    const { id: infraEnvId, clusterId, revision, pullSecretId } = infraEnv;
    if (clusterId === undefined || infraEnv.registration === 'registered') return;
    const expiresAt = secondsAfter(clock(), infraEnvIdleSeconds);
    const transition = { infraEnvId, clusterId, revision, pullSecretId, expiresAt };
    await workflows.markAsDisconnected(transition, untilWithdrawal(remainingMs));
  };

  const store = async (infraEnv: InfraEnv, pullSecret: string, remainingMs: () => number) => {
    checkTimeToStore(remainingMs);
    try {
      await pullSecrets.store({ ...secretOf(infraEnv), pullSecret, expiresAt: infraEnv.expiresAt });
      await infraEnvs.add(infraEnv);
      await complete(infraEnv, remainingMs);
    } catch (error) {
      const failed = failureInTime(error, remainingMs);
      await withdraw(infraEnv);
      throw failed;
    }
  };

  const reportFailure = (error: unknown, clusterId: string, requestId: string) => {
    const properties = { error: error instanceof ServiceError ? error.message : failure('InternalError').message };
    return record('infra_env_registration_failed', { clusterId, requestId, properties });
  };

  /** A version that is settled leaves little to choose from; every other one may be any of the catalogue. */
  const choice = (bound: Cluster | undefined) =>
    bound === undefined || bound.askedVersion !== undefined
      ? releases.all()
      : releases.ofVersion(bound.openshiftVersion);

  /** Whatever can refuse or fail comes before the commit; behind it there is nothing but success to answer. */
  const register = async (request: OperationRequest<'RegisterInfraEnv'>, bound?: Cluster) => {
    const { caller, requestId, origin, body } = request;
    const now = clock();
    const { cluster, release } = targetRelease(await choice(bound), { params: body, cluster: bound, now });
    const [id, pullSecretId] = [newId(), newId()];
    const asked = newInfraEnv({ params: body, cluster, release, owner: caller, id, pullSecretId, now });
    checkStorable(asked);
    if (asked.type === 'disconnected-iso' && cluster !== undefined) checkAcceptsDisconnected(cluster);
    const infraEnv = cluster === undefined ? asked : await checkedSite(asked, { cluster });
    checkReadable(infraEnv);
    checkFits({ infraEnv, pullSecret: body.pull_secret });
    checkReleaseCarries(release, infraEnv);
    checkTakesKernelArguments(infraEnv, release?.baseIso);
    await settingsCheck(dependencies)({ after: infraEnv, remainingMs: request.remainingMs });
    const [link] = await Promise.all([linkToImage(infraEnv, origin), quota.take('infra-env', caller)]);
    const answer = toInfraEnvAnswer(infraEnv, link);
    if (cluster !== undefined && cluster !== bound) {
      checkTimeToStore(request.remainingMs);
      await clusters.save(cluster);
    }
    await store(infraEnv, body.pull_secret, request.remainingMs);
    await Promise.all([
      record('infra_env_registered', { infraEnvId: id, clusterId: cluster?.id, requestId }),
      ...(cluster === undefined ? [] : [prolong(cluster, now)]),
      ...(cluster === undefined || body.image_type
        ? []
        : [
            record('infra_env_without_image_type', {
              infraEnvId: id,
              clusterId: cluster.id,
              requestId,
              isSecond: true,
            }),
          ]),
    ]);
    return { body: answer };
  };

  return {
    RegisterInfraEnv: async (request) => {
      const clusterId = request.body.cluster_id || undefined;
      if (clusterId === undefined) return register(request);
      const find = () => ownCluster('bind', clusterId, request.caller);
      const cluster = await find();
      const settle = async () => register(request, await find());
      try {
        return await (cluster.askedVersion === undefined ? register(request, cluster) : whileStale(settle));
      } catch (error) {
        await reportFailure(error, clusterId, request.requestId);
        throw error;
      }
    },
  };
};
