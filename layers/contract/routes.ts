import { catalogueRoutes } from './routes/catalogue.ts';
import { clusterViewRoutes } from './routes/cluster-views.ts';
import { clusterRoutes } from './routes/clusters.ts';
import { documentationRoutes } from './routes/documentation.ts';
import { downloadRoutes } from './routes/downloads.ts';
import { eventRoutes } from './routes/events.ts';
import { infraEnvRoutes } from './routes/infra-envs.ts';
import { installConfigRoutes } from './routes/install-config.ts';
import { manifestRoutes } from './routes/manifests.ts';
import { releaseRoutes } from './routes/releases.ts';
import { basePath, type Route } from './routes/route.ts';
import { serviceRoutes } from './routes/service.ts';
import { uiSettingsRoutes } from './routes/ui-settings.ts';

export { basePath, type Route };

export const routes = {
  ...clusterRoutes,
  ...clusterViewRoutes,
  ...installConfigRoutes,
  ...manifestRoutes,
  ...uiSettingsRoutes,
  ...infraEnvRoutes,
  ...eventRoutes,
  ...releaseRoutes,
  ...catalogueRoutes,
  ...downloadRoutes,
  ...serviceRoutes,
  ...documentationRoutes,
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type OperationId = keyof Routes;
export type FunctionName = Route['function'];

/** The operations that one function serves. */
export type OperationIdOf<Name extends FunctionName> = {
  [Id in OperationId]: Routes[Id]['function'] extends Name ? Id : never;
}[OperationId];
