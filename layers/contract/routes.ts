import { clusterRoutes } from './routes/clusters.ts';
import { downloadRoutes } from './routes/downloads.ts';
import { eventRoutes } from './routes/events.ts';
import { infraEnvRoutes } from './routes/infra-envs.ts';
import { releaseRoutes } from './routes/releases.ts';
import { basePath, type Route } from './routes/route.ts';
import { serviceRoutes } from './routes/service.ts';

export { basePath, type Route };

export const routes = {
  ...clusterRoutes,
  ...infraEnvRoutes,
  ...eventRoutes,
  ...releaseRoutes,
  ...downloadRoutes,
  ...serviceRoutes,
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type OperationId = keyof Routes;
export type FunctionName = Route['function'];

/** The operations that one function serves. */
export type OperationIdOf<Name extends FunctionName> = {
  [Id in OperationId]: Routes[Id]['function'] extends Name ? Id : never;
}[OperationId];
