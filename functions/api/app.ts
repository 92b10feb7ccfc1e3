import type { OperationIdOf } from '#contract/routes.ts';
import type { Operations } from '#runtime/operation.ts';
import { clusterOperations } from './clusters.ts';
import type { Dependencies } from './dependencies.ts';
import { eventOperations } from './events.ts';
import { infraEnvOperations } from './infra-envs.ts';
import { releaseOperations } from './releases.ts';

/** The use-cases of the api function, one for each of its rows of the route table. */
export const apiOperations = (dependencies: Dependencies): Operations<OperationIdOf<'api'>> => ({
  ...clusterOperations(dependencies),
  ...infraEnvOperations(dependencies),
  ...eventOperations(dependencies),
  ...releaseOperations(dependencies),
  Health: async () => ({ body: { status: 'ok' } }),
  Ready: async () => {
    await dependencies.releases.all();
    return { body: { status: 'ok' } };
  },
});
