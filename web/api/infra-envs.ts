import type * as z from 'zod';
import type { infraEnvAnswer } from '#contract/infra-env-answer.ts';
import { call } from './call.ts';

export type InfraEnv = z.input<typeof infraEnvAnswer>;

/** The newest first. */
export const listIsos = async (): Promise<readonly InfraEnv[]> => {
  const all = await call<'ListInfraEnvs'>({ method: 'GET', path: '/v2/infra-envs' });
  return all.filter(({ type }) => type === 'disconnected-iso').toReversed();
};

const withoutCluster = async (clusterId: string): Promise<void> => {
  const others = await call<'ListInfraEnvs'>({ method: 'GET', path: `/v2/infra-envs?cluster_id=${clusterId}` });
  if (others.length === 0) {
    await call<'DeregisterCluster'>({ method: 'DELETE', path: `/v2/clusters/${clusterId}` });
  }
};

/** With its cluster, unless another ISO is for that too. */
export const deleteIso = async ({ id, cluster_id }: InfraEnv): Promise<void> => {
  await call<'DeregisterInfraEnv'>({ method: 'DELETE', path: `/v2/infra-envs/${id}` });
  if (cluster_id !== undefined) await withoutCluster(cluster_id);
};
