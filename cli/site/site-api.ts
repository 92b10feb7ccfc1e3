import * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { manifestFolders } from '#domain/cluster/manifest.ts';
import { parseJson } from '#domain/values/json.ts';
import { type Access, askApi } from '../api/api-request.ts';

const cluster = z.looseObject({
  id: z.guid(),
  name: z.string(),
  openshift_version: z.string(),
  monitored_operators: z.array(z.looseObject({})).default([]),
});
const infraEnv = z.looseObject({
  id: z.guid(),
  name: z.string(),
  type: z.string(),
  cluster_id: z.guid().optional(),
  download_url: z.string().optional(),
  size_bytes: z.number().optional(),
});

const manifestPath = z.object({ folder: z.enum(manifestFolders), file_name: z.string() });

export type ManifestPath = z.infer<typeof manifestPath>;
export type ClusterRecord = z.infer<typeof cluster>;
export type InfraEnvRecord = z.infer<typeof infraEnv>;

interface ApiAccess extends Access {
  readonly api: string;
}

const versions = z.record(z.string(), z.looseObject({ default: z.boolean().optional() }));

/** The operations of the API that a site takes, and those that show whether it works. All of them throw CommandFailure. */
export const siteApi = ({ api, ...access }: ApiAccess) => {
  const bare = (path: string, method = 'GET', body?: object | string) =>
    askApi({ api, ...access, path, method, ...(body === undefined ? {} : { body }) });
  const ask = async <T>(schema: z.ZodType<T>, path: string, method = 'GET', body?: object): Promise<T> => {
    const answer = await bare(path, method, body);
    try {
      return schema.parse(parseJson(answer.toString('utf8')));
    } catch (cause) {
      throw new CommandFailure(`the API at ${api} does not answer as this service does: check --api`, { cause });
    }
  };
  const manifests = (id: string) => `/v2/clusters/${id}/manifests`;
  const queryOf = ({ folder, file_name }: ManifestPath) => new URLSearchParams({ folder, file_name });
  return {
    health: () => ask(z.object({ status: z.literal('ok') }), '/health'),
    versions: () => ask(versions, '/v2/openshift-versions'),
    clusters: () => ask(z.array(cluster), '/v2/clusters'),
    infraEnvs: () => ask(z.array(infraEnv), '/v2/infra-envs'),
    cluster: (id: string) => ask(cluster, `/v2/clusters/${id}`),
    infraEnv: (id: string) => ask(infraEnv, `/v2/infra-envs/${id}`),
    registerCluster: (body: object) => ask(cluster, '/v2/clusters', 'POST', body),
    registerInfraEnv: (body: object) => ask(infraEnv, '/v2/infra-envs', 'POST', body),
    updateCluster: (id: string, body: object) => ask(cluster, `/v2/clusters/${id}`, 'PATCH', body),
    updateInfraEnv: (id: string, body: object) => ask(infraEnv, `/v2/infra-envs/${id}`, 'PATCH', body),
    overrideInstallConfig: (id: string, overrides: string) =>
      bare(`/v2/clusters/${id}/install-config`, 'PATCH', overrides),
    manifests: (id: string) => ask(z.array(manifestPath), manifests(id)),
    manifest: async (id: string, path: ManifestPath) =>
      (await bare(`${manifests(id)}/files?${queryOf(path)}`)).toString('utf8'),
    writeManifest: (id: string, path: ManifestPath, content: string) =>
      bare(manifests(id), 'POST', { ...path, content: Buffer.from(content).toString('base64') }),
    deleteManifest: (id: string, path: ManifestPath) => bare(`${manifests(id)}?${queryOf(path)}`, 'DELETE'),
    deleteCluster: (id: string) => bare(`/v2/clusters/${id}`, 'DELETE'),
    deleteInfraEnv: (id: string) => bare(`/v2/infra-envs/${id}`, 'DELETE'),
    ignition: (id: string) => bare(`/v2/infra-envs/${id}/downloads/files?file_name=discovery.ign`),
    signal: access.signal,
  };
};

export type SiteApi = ReturnType<typeof siteApi>;
