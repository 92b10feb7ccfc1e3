import { toInfraEnvAnswer } from '#contract/infra-env-answer.ts';
import { checkAcceptsDisconnected } from '#domain/cluster/transitions.ts';
import { checkTakesKernelArguments } from '#domain/composition/composition.ts';
import { failure } from '#domain/errors.ts';
import { checkFits } from '#domain/ignition/size-estimate.ts';
import { checkReadable } from '#domain/ignition/standard/network-files.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { updatedInfraEnv } from '#domain/infra-env/infra-env-update.ts';
import type { BaseIso } from '#domain/release/release.ts';
import { newestRelease, resolveRelease } from '#domain/release/resolve.ts';
import { checkStorable } from '#domain/storable.ts';
import { errorFields } from '#runtime/logging.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import type { Dependencies } from './api-dependencies.ts';
import { boundCluster } from './bound-cluster.ts';
import { clusterLife } from './cluster-life.ts';
import { type NetworkCheck, networkCheck } from './network-check.ts';
import { ownInfraEnv } from './own-infra-env.ts';
import { secretOf } from './register-infra-env.ts';
import { whileStale } from './stale.ts';

interface Change {
  readonly before: InfraEnv;
  readonly after: InfraEnv;
  readonly pullSecret: string | undefined;
}

const entersDisconnected = ({ before, after }: Change): boolean =>
  before.type !== 'disconnected-iso' && after.type === 'disconnected-iso';

const leavesDisconnected = ({ before, after }: Change): boolean =>
  before.type === 'disconnected-iso' && after.type !== 'disconnected-iso';

export const infraEnvUpdate = (dependencies: Dependencies): Operations<'UpdateInfraEnv'> => {
  const { clusters, infraEnvs, releases, pullSecrets, workflows, linkToImage, clock, newId, logger } = dependencies;
  const { prolong } = clusterLife(dependencies);
  const clusterOf = boundCluster(clusters);
  const infraEnvOf = ownInfraEnv(infraEnvs);

  /** The release that a change names, the newest if it clears; bound to a cluster, the version is the cluster's. */
  const releaseOf = async ({ clusterId, cpuArchitecture }: InfraEnv, asked: string | null | undefined) => {
    if (clusterId !== undefined || asked === undefined || asked === null) return undefined;
    const all = await releases.all();
    if (asked === '') return newestRelease(all, cpuArchitecture);
    return resolveRelease(all, { openshiftVersion: asked, cpuArchitecture });
  };

  const baseIsoOf = async ({ openshiftVersion }: InfraEnv): Promise<BaseIso | undefined> =>
    openshiftVersion === undefined ? undefined : (await releases.get(openshiftVersion))?.baseIso;

  // What is being generated would be for a type that the infra-env no longer has.
  const checkIsIdle = async ({ id, revision }: InfraEnv) => {
    if (await workflows.isPreparing({ infraEnvId: id, revision })) throw failure('MediaBeingPrepared', { id });
  };

  /** A new secret is stored beside the old one; the write of the infra-env switches over; then the other one goes. */
  const saveWithSecret = async ({ before, after, pullSecret }: Change) => {
    const { expiresAt } = after;
    if (pullSecret === undefined) {
      await infraEnvs.save(after);
      await pullSecrets.extend({ ...secretOf(after), expiresAt });
      return;
    }
    await pullSecrets.store({ ...secretOf(after), pullSecret, expiresAt });
    try {
      await infraEnvs.save(after);
    } catch (error) {
      await pullSecrets.remove(secretOf(after));
      throw error;
    }
    await pullSecrets.remove(secretOf(before));
  };

  /** Generates ahead of the first download. Without it that download generates, so its failure is none of the caller's. */
  const prepareMedia = async ({ id: infraEnvId, revision }: InfraEnv) => {
    try {
      await workflows.prepareMedia({ infraEnvId, revision });
    } catch (error) {
      logger.warn('prepare-media was not started', { infraEnvId, ...errorFields(error) });
    }
  };

  const followUp = async (change: Change, artifactChanged: boolean) => {
    const { id: infraEnvId, clusterId, pullSecretId, revision, expiresAt, type } = change.after;
    if (entersDisconnected(change) && clusterId !== undefined) {
      await workflows.markAsDisconnected({ infraEnvId, clusterId, pullSecretId, revision, expiresAt });
    } else if (artifactChanged && type === 'disconnected-iso') {
      await prepareMedia(change.after);
    }
  };

  const update = async (request: OperationRequest<'UpdateInfraEnv'>, checkNetworks: NetworkCheck) => {
    const { caller, origin, parameters, body, remainingMs } = request;
    const before = await infraEnvOf(parameters.infra_env_id, caller);
    const cluster = await clusterOf(before);
    const release = await releaseOf(before, body.openshift_version);
    const now = clock();
    const { infraEnv, artifactChanged } = updatedInfraEnv({ infraEnv: before, params: body, cluster, release, now });
    const pullSecret = body.pull_secret ?? undefined;
    const after = pullSecret === undefined ? infraEnv : { ...infraEnv, pullSecretId: newId() };
    checkStorable(after);
    const change = { before, after, pullSecret };
    if (entersDisconnected(change) && cluster !== undefined) checkAcceptsDisconnected(cluster);
    if (artifactChanged) {
      checkReadable(after);
      checkFits({ infraEnv: after, pullSecret });
      checkTakesKernelArguments(after, await baseIsoOf(after));
    }
    if (leavesDisconnected(change)) await checkIsIdle(before);
    await checkNetworks({ before, after, remainingMs });
    await saveWithSecret(change);
    if (cluster !== undefined) await prolong(cluster, now);
    await followUp(change, artifactChanged);
    return { body: toInfraEnvAnswer(after, await linkToImage(after, origin)) };
  };

  return {
    UpdateInfraEnv: (request) => {
      const checkNetworks = networkCheck(dependencies);
      return whileStale(() => update(request, checkNetworks));
    },
  };
};
