import { dump } from 'js-yaml';
import type * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { namedOperators } from '#domain/cluster/named-operators.ts';
import type { ClusterRecord, ManifestPath, SiteApi } from './site-api.ts';
import { siteShape } from './site-file.ts';

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

const withoutIds = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  const { cluster_id: _, ...rest } = value as Record<string, unknown>;
  return rest;
};

/** A value as a request has it: answers show some as JSON text, and lists with the ids of what they belong to. */
const asAsked = (schema: z.ZodType, shown: unknown): unknown => {
  const plain = withoutIds(shown);
  if (schema.safeParse(plain).success) return plain;
  const value = typeof shown === 'string' ? JSON.parse(shown) : undefined;
  return schema.safeParse(value).success ? value : undefined;
};

const fieldsOf = (shape: Readonly<Record<string, z.ZodType>>, shown: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(shape)
      .map(([field, schema]) => [field, isEmpty(shown[field]) ? undefined : asAsked(schema, shown[field])] as const)
      .filter(([, value]) => !isEmpty(value)),
  );

const overridesOf = ({ install_config_overrides: text }: ClusterRecord): object =>
  typeof text === 'string' && text !== '' ? { install_config_overrides: JSON.parse(text) } : {};

const manifestsOf = async (api: SiteApi, id: string): Promise<object> => {
  const paths = await api.manifests(id);
  const withContent = async (path: ManifestPath) => ({ ...path, content: await api.manifest(id, path) });
  return paths.length === 0 ? {} : { manifests: await Promise.all(paths.map(withContent)) };
};

/** The file of a site that is there. Its pull secret is never shown: the file names one that a person puts beside it. */
export const exportedSite = async (api: SiteApi, id: string): Promise<string> => {
  const infraEnv = await api.infraEnv(id);
  if (infraEnv.cluster_id === undefined)
    throw new CommandFailure(`the infra-env ${id} has no cluster, so it is not a site`);
  const cluster = await api.cluster(infraEnv.cluster_id);
  const { cluster: clusterShape, infra_env: infraEnvShape } = siteShape.shape;
  const site = {
    name: infraEnv.name,
    pull_secret: { file: 'pull-secret.json' },
    cluster: fieldsOf(clusterShape.shape, { ...cluster, olm_operators: namedOperators(cluster.monitored_operators) }),
    ...overridesOf(cluster),
    ...(await manifestsOf(api, cluster.id)),
    infra_env: { image_type: infraEnv.type, ...fieldsOf(infraEnvShape.unwrap().shape, infraEnv) },
  };
  return dump(site, { lineWidth: -1 });
};
