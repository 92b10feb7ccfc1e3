import { toInfraEnvAnswer } from '#contract/infra-env-answer.ts';
import { failure } from '#domain/errors.ts';
import { secretOf } from '#domain/infra-env/infra-env.ts';
import { owns } from '#domain/owner.ts';
import type { Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { afterCommit } from './after-commit.ts';
import type { Dependencies } from './api-dependencies.ts';

type InfraEnvOperations = Operations<
  'ListInfraEnvs' | 'GetInfraEnv' | 'DeregisterInfraEnv' | 'ListHosts' | 'RegisterHost'
>;

export const infraEnvOperations = (dependencies: Dependencies): InfraEnvOperations => {
  const { infraEnvs, pullSecrets, artifacts, linkToImage } = dependencies;
  const { ownInfraEnv } = ownRecords(dependencies);
  const { attempt, record } = afterCommit(dependencies);

  return {
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

    // The record goes after what was generated: a deletion that dies half-way is completed by the caller's next try. What
    // was generated in between is removed then; what is generated later, the ignition function removes itself. The pull
    // secrets go after the record, so that no record names one that is gone; a change that stores another one meanwhile
    // cannot be saved, and removes it. Who has seen the infra-env and finds it gone then has it as they wanted it: that was
    // their own call whose answer was lost, or somebody else's, and cannot be told apart.
    DeregisterInfraEnv: async ({ caller, requestId, parameters }) => {
      const infraEnv = await ownInfraEnv(parameters.infra_env_id, caller);
      const { id: infraEnvId, clusterId } = infraEnv;
      await artifacts.removeAll(infraEnvId);
      await infraEnvs.remove(infraEnvId);
      await attempt('remove its pull secrets', infraEnvId, () => pullSecrets.removeAll(secretOf(infraEnv)));
      await attempt('remove what was generated meanwhile', infraEnvId, () => artifacts.removeAll(infraEnvId));
      await record('infra_env_deregistered', { infraEnvId, clusterId, requestId });
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
