import { catalogueRoutes } from './routes/catalogue-routes.ts';
import { clusterRoutes } from './routes/cluster-routes.ts';
import { clusterViewRoutes } from './routes/cluster-view-routes.ts';
import { credentialRoutes } from './routes/credential-routes.ts';
import { documentationRoutes } from './routes/documentation-routes.ts';
import { downloadRoutes } from './routes/download-routes.ts';
import { eventRoutes } from './routes/event-routes.ts';
import { infraEnvRoutes } from './routes/infra-env-routes.ts';
import { installConfigRoutes } from './routes/install-config-routes.ts';
import { manifestRoutes } from './routes/manifest-routes.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { releaseRoutes } from './routes/release-routes.ts';
import { basePath, type Route } from './routes/route.ts';
import { serviceRoutes } from './routes/service-routes.ts';
import { uiSettingsRoutes } from './routes/ui-settings-routes.ts';

export { basePath, type Route };

export const routes = {
  ...clusterRoutes,
  ...clusterViewRoutes,
  ...installConfigRoutes,
  ...manifestRoutes,
  ...credentialRoutes,
  ...uiSettingsRoutes,
  ...infraEnvRoutes,
  ...eventRoutes,
  ...releaseRoutes,
  ...catalogueRoutes,
  ...downloadRoutes,
  ...serviceRoutes,
  ...documentationRoutes,
  ...pageRoutes,
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type OperationId = keyof Routes;
type FunctionName = Route['function'];

/** The operations that one function serves. */
export type OperationIdOf<Name extends FunctionName> = {
  [Id in OperationId]: Routes[Id]['function'] extends Name ? Id : never;
}[OperationId];
