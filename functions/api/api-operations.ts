import type { OperationIdOf } from '#contract/route-table.ts';
import type { Operations } from '#runtime/operation.ts';
import type { Dependencies } from './api-dependencies.ts';
import { catalogueOperations } from './catalogue-operations.ts';
import { clusterOperations } from './cluster-operations.ts';
import { clusterViewOperations } from './cluster-view-operations.ts';
import { credentialOperations } from './credential-operations.ts';
import { documentationOperations } from './documentation-operations.ts';
import { eventOperations } from './event-operations.ts';
import { imageAccess } from './image-access.ts';
import { infraEnvOperations } from './infra-env-operations.ts';
import { installConfigOperations } from './install-config-operations.ts';
import { manifestOperations } from './manifest-operations.ts';
import { pageOperations } from './page-operations.ts';
import { infraEnvRegistration } from './register-infra-env.ts';
import { releaseOperations } from './release-operations.ts';
import { uiSettingsOperations } from './ui-settings-operations.ts';
import { infraEnvUpdate } from './update-infra-env.ts';

/** The use-cases of the api function, one for each of its rows of the route table. */
export const apiOperations = (dependencies: Dependencies): Operations<OperationIdOf<'api'>> => ({
  ...clusterOperations(dependencies),
  ...clusterViewOperations(dependencies),
  ...installConfigOperations(dependencies),
  ...manifestOperations(dependencies),
  ...credentialOperations(dependencies),
  ...uiSettingsOperations(dependencies),
  ...infraEnvRegistration(dependencies),
  ...infraEnvUpdate(dependencies),
  ...infraEnvOperations(dependencies),
  ...imageAccess(dependencies),
  ...eventOperations(dependencies),
  ...releaseOperations(dependencies),
  ...catalogueOperations(dependencies),
  ...documentationOperations(),
  ...pageOperations(dependencies.page),
  Health: async () => ({ body: { status: 'ok' } }),
  Ready: async () => {
    await dependencies.releases.all();
    return { body: { status: 'ok' } };
  },
});
