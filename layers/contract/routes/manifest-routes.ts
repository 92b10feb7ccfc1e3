import * as z from 'zod';
import { manifestFolders, manifestName } from '#domain/cluster/manifest.ts';
import { clusterId, flag, none, type Route } from './route.ts';

const path = '/v2/clusters/{cluster_id}/manifests';

const folder = z.enum(manifestFolders);
const fileName = z.string().regex(manifestName);

const manifest = z
  .object({ file_name: z.string(), folder, manifest_source: z.literal('user') })
  .meta({ id: 'Manifest' });

const createManifestParams = z
  .strictObject({
    folder: z.nullish(folder).describe('Without one: manifests'),
    file_name: fileName.describe('There can be one file of a name, whatever its folder'),
    content: z.string().describe('Base64 of JSON, YAML or a YAML patch, as the name says; at most 1 MiB'),
  })
  .meta({ id: 'CreateManifestParams' });

const updateManifestParams = z
  .strictObject({
    folder: folder.describe('Of the manifest as it is'),
    file_name: fileName.describe('Of the manifest as it is'),
    updated_folder: z.nullish(folder).describe('Where it moves to'),
    updated_file_name: z.nullish(fileName).describe('How it is called from then on'),
    updated_content: z.nullish(z.string()).describe('Base64 of its new content'),
  })
  .meta({ id: 'UpdateManifestParams' });

const manifestQuery = z.object({
  folder: folder.optional().describe('Without one: manifests'),
  file_name: z.string().describe('name of the manifest'),
});

const exampleContent = 'YXBpVmVyc2lvbjogdjEKa2luZDogTmFtZXNwYWNlCm1ldGFkYXRhOgogIG5hbWU6IGVkZ2UK';

/** Files that the user gives for the installation; they are kept, and no disconnected ignition holds them. */
export const manifestRoutes = {
  ListClusterManifests: {
    method: 'GET',
    path,
    summary: 'Lists the manifests of a cluster by folder and name',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: z.object({
      include_system_generated: flag.optional().describe('changes nothing: this service generates none'),
    }),
    answer: z.array(manifest),
  },
  CreateClusterManifest: {
    method: 'POST',
    path,
    summary: 'Keeps a manifest, in place of one of the same folder and name',
    function: 'api',
    access: 'user',
    status: 201,
    parameters: clusterId,
    query: none,
    body: {
      name: 'createManifestParams',
      schema: createManifestParams,
      example: { folder: 'manifests', file_name: 'namespace.yaml', content: exampleContent },
    },
    answer: manifest,
  },
  UpdateClusterManifest: {
    method: 'PATCH',
    path,
    summary: 'Changes the content of a manifest, its name or its folder',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: none,
    body: {
      name: 'updateManifestParams',
      schema: updateManifestParams,
      example: { folder: 'manifests', file_name: 'namespace.yaml', updated_folder: 'openshift' },
    },
    answer: manifest,
  },
  DeleteClusterManifest: {
    method: 'DELETE',
    path,
    summary: 'Deletes a manifest, if it is there',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: manifestQuery,
  },
  DownloadClusterManifest: {
    method: 'GET',
    path: `${path}/files`,
    summary: 'Answers the content of a manifest',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: manifestQuery,
    media: 'application/octet-stream',
  },
} as const satisfies Record<string, Route>;
