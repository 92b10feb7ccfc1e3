import * as z from 'zod';
import { platformTypes } from '#domain/cluster/cluster-setting-shapes.ts';
import {
  architecturesAnswer,
  bundleAnswer,
  componentVersionsAnswer,
  defaultConfigAnswer,
  domainsAnswer,
  featuresAnswer,
  operatorPropertiesAnswer,
  operatorsAnswer,
} from '../catalogue-answer.ts';
import { list, none, type Route } from './route.ts';

const openshiftVersion = z.string().describe('`x.y` or `x.y.z`');

const cluster = {
  cpu_architecture: z.enum(['x86_64', 'aarch64', 'arm64', 'ppc64le', 's390x', 'multi']).optional(),
  platform_type: z.enum(platformTypes).optional(),
  external_platform_name: z.string().optional().describe('of platform_type external'),
};

const variant = {
  feature_ids: list
    .pipe(z.array(z.enum(['SNO'])))
    .optional()
    .describe('comma-separated; SNO asks for the bundle of a single node'),
};

const read = { method: 'GET', function: 'api', access: 'user', status: 200, parameters: none, query: none } as const;

/** What the service knows before anything is registered: the same for every caller. */
export const catalogueRoutes = {
  GetClusterDefaultConfig: {
    ...read,
    path: '/v2/clusters/default-config',
    summary: 'Says what a cluster gets that asks for nothing',
    answer: defaultConfigAnswer,
  },
  GetSupportedFeatures: {
    ...read,
    path: '/v2/support-levels/features',
    summary: 'Says which features a cluster of that version, CPU architecture and platform can be registered with',
    query: z.object({ openshift_version: openshiftVersion, ...cluster }),
    answer: featuresAnswer,
  },
  GetSupportedArchitectures: {
    ...read,
    path: '/v2/support-levels/architectures',
    summary: 'Says which CPU architectures a cluster of that version can be registered with',
    query: z.object({ openshift_version: openshiftVersion }),
    answer: architecturesAnswer,
  },
  ListManagedDomains: {
    ...read,
    path: '/v2/domains',
    summary: 'Lists the domains that the service manages: always none',
    answer: domainsAnswer,
  },
  ListSupportedOperators: {
    ...read,
    path: '/v2/supported-operators',
    summary: 'Lists the names of the operators that a cluster may ask for',
    answer: operatorsAnswer,
  },
  ListOperatorProperties: {
    ...read,
    path: '/v2/supported-operators/{operator_name}',
    summary: 'Lists the properties that an operator takes',
    parameters: z.object({ operator_name: z.string() }),
    answer: operatorPropertiesAnswer,
  },
  ListBundles: {
    ...read,
    path: '/v2/operators/bundles',
    summary: 'Lists the bundles of operators; with a version, those that a cluster of it may ask for',
    query: z.object({ openshift_version: openshiftVersion.optional(), ...cluster, ...variant }),
    answer: z.array(bundleAnswer),
  },
  GetBundle: {
    ...read,
    path: '/v2/operators/bundles/{id}',
    summary: 'Reads a bundle of operators',
    parameters: z.object({ id: z.string() }),
    query: z.object(variant),
    answer: bundleAnswer,
  },
  ListComponentVersions: {
    ...read,
    path: '/v2/component-versions',
    summary: 'Says which version of this service runs',
    answer: componentVersionsAnswer,
  },
} as const satisfies Record<string, Route>;
