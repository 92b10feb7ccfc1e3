import { failure } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
import { type Caller, owns } from '#domain/owner.ts';

/** The caller's infra-env. @throws NotFound, ObjectNotFound */
export const ownInfraEnv =
  (infraEnvs: InfraEnvs) =>
  async (id: string, caller: Caller): Promise<InfraEnv> => {
    const infraEnv = await infraEnvs.get(id);
    if (infraEnv === undefined) throw failure('NotFound');
    if (!owns(caller, infraEnv)) throw failure('ObjectNotFound');
    return infraEnv;
  };
