import { catalogueRoutes } from '../routes/catalogue-routes.ts';
import { clusterRoutes } from '../routes/cluster-routes.ts';
import { clusterViewRoutes } from '../routes/cluster-view-routes.ts';
import { credentialRoutes } from '../routes/credential-routes.ts';
import { documentationRoutes } from '../routes/documentation-routes.ts';
import { downloadRoutes } from '../routes/download-routes.ts';
import { eventRoutes } from '../routes/event-routes.ts';
import { infraEnvRoutes } from '../routes/infra-env-routes.ts';
import { installConfigRoutes } from '../routes/install-config-routes.ts';
import { manifestRoutes } from '../routes/manifest-routes.ts';
import { pageRoutes } from '../routes/page-routes.ts';
import { releaseRoutes } from '../routes/release-routes.ts';
import type { Route } from '../routes/route.ts';
import { serviceRoutes } from '../routes/service-routes.ts';
import { uiSettingsRoutes } from '../routes/ui-settings-routes.ts';

interface Tag {
  readonly name: string;
  readonly description: string;
  readonly routes: Readonly<Record<string, Route>>;
}

/** The groups of the document, in the order in which somebody needs them. */
const groups: readonly Tag[] = [
  {
    name: 'clusters',
    description: 'Holders of settings and of the exact OpenShift version. This service never installs them.',
    routes: { ...clusterRoutes, ...clusterViewRoutes, ...installConfigRoutes, ...uiSettingsRoutes },
  },
  {
    name: 'manifests',
    description: 'Files that the user gives for the installation of a cluster; they go to its sites.',
    routes: manifestRoutes,
  },
  {
    name: 'credentials',
    description: 'What the administrator of an installation needs that starts by itself.',
    routes: credentialRoutes,
  },
  { name: 'infra-envs', description: 'The settings of one ISO each, bound to a cluster.', routes: infraEnvRoutes },
  { name: 'downloads', description: 'What was generated for an infra-env.', routes: downloadRoutes },
  { name: 'events', description: 'What happened to a cluster or an infra-env.', routes: eventRoutes },
  { name: 'releases', description: 'The OpenShift versions that this service knows.', routes: releaseRoutes },
  { name: 'catalogue', description: 'What a cluster may ask for.', routes: catalogueRoutes },
  { name: 'service', description: 'The service itself.', routes: serviceRoutes },
  { name: 'page', description: 'The page for people who make ISOs.', routes: pageRoutes },
  { name: 'documentation', description: 'This contract.', routes: documentationRoutes },
];

export const tags = groups.map(({ name, description }) => ({ name, description }));

/** @returns the tags of an operation: those of its group */
export const tagsOf = (operationId: string): string[] =>
  groups.filter(({ routes }) => Object.hasOwn(routes, operationId)).map(({ name }) => name);
