import type { OperationIdOf } from '#contract/routes.ts';
import type { Operations } from '#runtime/operation.ts';
import { catalogueOperations } from './catalogue.ts';
import { clusterViewOperations } from './cluster-views.ts';
import { clusterOperations } from './clusters.ts';
import type { Dependencies } from './dependencies.ts';
import { documentationOperations } from './documentation.ts';
import { eventOperations } from './events.ts';
import { infraEnvOperations } from './infra-envs.ts';
import { installConfigOperations } from './install-config.ts';
import { manifestOperations } from './manifests.ts';
import { releaseOperations } from './releases.ts';
import { uiSettingsOperations } from './ui-settings.ts';

/** The use-cases of the api function, one for each of its rows of the route table. */
export const apiOperations = (dependencies: Dependencies): Operations<OperationIdOf<'api'>> => ({
  ...clusterOperations(dependencies),
  ...clusterViewOperations(dependencies),
  ...installConfigOperations(dependencies),
  ...manifestOperations(dependencies),
  ...uiSettingsOperations(dependencies),
  ...infraEnvOperations(dependencies),
  ...eventOperations(dependencies),
  ...releaseOperations(dependencies),
  ...catalogueOperations(dependencies),
  ...documentationOperations(),
  Health: async () => ({ body: { status: 'ok' } }),
  Ready: async () => {
    await dependencies.releases.all();
    return { body: { status: 'ok' } };
  },
});
