import * as z from 'zod';

/** Levels of the published API; this service answers the first and the last. */
const supportLevel = z.enum(['supported', 'unsupported', 'tech-preview', 'dev-preview', 'unavailable']);
const supportLevels = z.record(z.string(), supportLevel).readonly();

export const featuresAnswer = z.object({ features: supportLevels.describe('by id of the feature') });
export const architecturesAnswer = z.object({ architectures: supportLevels.describe('by id of the architecture') });

const clusterNetwork = z.object({ cidr: z.string(), host_prefix: z.int() });
const serviceNetwork = z.object({ cidr: z.string() });

export const defaultConfigAnswer = z
  .object({
    cluster_network_cidr: z.string().optional(),
    cluster_network_host_prefix: z.int().optional(),
    service_network_cidr: z.string().optional(),
    cluster_networks_ipv4: z.array(clusterNetwork),
    cluster_networks_dualstack: z.array(clusterNetwork),
    service_networks_ipv4: z.array(serviceNetwork),
    service_networks_dualstack: z.array(serviceNetwork),
    inactive_deletion_hours: z.int(),
    ntp_source: z.string(),
    forbidden_hostnames: z.array(z.string()),
  })
  .meta({ id: 'ClusterDefaultConfig' });

export const domainsAnswer = z.array(z.object({ domain: z.string(), provider: z.string() }));

export const operatorsAnswer = z.array(z.string());

/** A setting that one operator takes. */
export const operatorPropertiesAnswer = z.array(
  z.object({
    name: z.string(),
    data_type: z.enum(['boolean', 'string', 'integer', 'float']),
    mandatory: z.boolean(),
    options: z.array(z.string()),
    description: z.string(),
    default_value: z.string(),
  }),
);

export const bundleAnswer = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    operators: z.array(z.string()).readonly(),
    optional_operators: z.array(z.string()).readonly(),
  })
  .meta({ id: 'Bundle' });

export const componentVersionsAnswer = z.object({
  versions: z.record(z.string(), z.string()).describe('by component'),
  release_tag: z.string(),
});
