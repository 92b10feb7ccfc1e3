import { toInfraEnvAnswer } from '#contract/infra-env-answer.ts';
import { failure } from '#domain/errors.ts';
import { newEvent } from '#domain/event.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { type Caller, owns } from '#domain/owner.ts';
import type { Operations } from '#runtime/operation.ts';
import type { Dependencies } from './api-dependencies.ts';
import { imageAccess } from './image-access.ts';
import { infraEnvRegistration, secretOf } from './register-infra-env.ts';
import { infraEnvUpdate } from './update-infra-env.ts';

type InfraEnvOperations = Operations<
  | 'RegisterInfraEnv'
  | 'ListInfraEnvs'
  | 'GetInfraEnv'
  | 'UpdateInfraEnv'
  | 'DeregisterInfraEnv'
  | 'GetInfraEnvDownloadURL'
  | 'RegenerateInfraEnvSigningKey'
  | 'ListHosts'
  | 'RegisterHost'
>;

/** The caller's infra-env. @throws NotFound, ObjectNotFound */
export type OwnInfraEnv = (id: string, caller: Caller) => Promise<InfraEnv>;

export const infraEnvOperations = (dependencies: Dependencies): InfraEnvOperations => {
  const { infraEnvs, events, pullSecrets, artifacts, linkToImage, clock, newId } = dependencies;

  const ownInfraEnv: OwnInfraEnv = async (id, caller) => {
    const infraEnv = await infraEnvs.get(id);
    if (infraEnv === undefined) throw failure('NotFound');
    if (!owns(caller, infraEnv)) throw failure('ObjectNotFound');
    return infraEnv;
  };

  return {
    ...infraEnvRegistration(dependencies),
    ...infraEnvUpdate(dependencies, ownInfraEnv),
    ...imageAccess(dependencies, ownInfraEnv),

    ListInfraEnvs: async ({ caller, origin, query: { cluster_id, owner = caller.userName } }) => {
      if (owner !== caller.userName) return { body: [] };
      const found = cluster_id === undefined ? await infraEnvs.ofOwner(caller) : await infraEnvs.ofCluster(cluster_id);
      const own = found.filter((infraEnv) => owns(caller, infraEnv));
      return {
        body: await Promise.all(
          own.map(async (infraEnv) => toInfraEnvAnswer(infraEnv, await linkToImage(infraEnv, origin))),
        ),
      };
    },

    // The bearer of a token gets no link: the token in it would outlive the one that they have.
    GetInfraEnv: async ({ caller, origin, parameters }) => {
      const infraEnv = await ownInfraEnv(parameters.infra_env_id, caller);
      const link = caller.onlyInfraEnv === undefined ? await linkToImage(infraEnv, origin) : undefined;
      return { body: toInfraEnvAnswer(infraEnv, link) };
    },

    // The record goes after the rest: a deletion that dies half-way is completed by the caller's next try. What was
    // generated in between is removed then; what is generated later, the ignition function removes itself.
    DeregisterInfraEnv: async ({ caller, requestId, parameters }) => {
      const infraEnv = await ownInfraEnv(parameters.infra_env_id, caller);
      const { id: infraEnvId, clusterId } = infraEnv;
      await Promise.all([pullSecrets.remove(secretOf(infraEnv)), artifacts.removeAll(infraEnvId)]);
      if (!(await infraEnvs.remove(infraEnvId))) throw failure('NotFound');
      await artifacts.removeAll(infraEnvId);
      await events.add(
        newEvent('infra_env_deregistered', { id: newId(), now: clock(), infraEnvId, clusterId, requestId }),
      );
      return { body: undefined };
    },

    ListHosts: async ({ caller, parameters }) => {
      await ownInfraEnv(parameters.infra_env_id, caller);
      return { body: [] };
    },

    RegisterHost: async ({ caller, parameters }) => {
      const { type } = await ownInfraEnv(parameters.infra_env_id, caller);
      if (type === 'disconnected-iso') throw failure('HostsNotSupported');
      throw failure('NotImplemented', {
        reason: 'This service discovers no hosts: it hands out ignitions and ISOs only',
      });
    },
  };
};
