import type { OperationId } from '#contract/route-table.ts';

/** What an operation works on; `young`: a cluster that has no infra-env yet, `unbound`: an infra-env without a cluster. */
export type Part =
  | 'cluster'
  | 'young cluster'
  | 'infra-env'
  | 'unbound infra-env'
  | 'unattended infra-env'
  | 'infra-env with a proxy'
  | 'manifest'
  | 'ignition'
  | 'initramfs'
  | 'ISO';

export interface Subject {
  readonly clusterId: string;
  readonly infraEnvId: string;
  /** Of the image of the infra-env. */
  readonly imagePath: string;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Write {
  readonly on: readonly Part[];
  readonly request: (subject: Subject) => Request;
  /** How the repetition of what has succeeded is answered, where it is not answered as the first. */
  readonly again?: number;
}

const pullSecret = (name: string): string =>
  JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from(`${name}:password`).toString('base64') } } });

const clusterBody = { name: 'edge', openshift_version: '4.20', pull_secret: pullSecret('first') };
const infraEnvBody = { name: 'edge', pull_secret: pullSecret('first') };
const disconnected = { image_type: 'disconnected-iso' };

const override = '{"ignition":{"version":"3.2.0"}}';
const manifestsOf = ({ clusterId }: Subject): string => `/v2/clusters/${clusterId}/manifests`;
const manifestContent = Buffer.from('apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n').toString('base64');
export const manifestPath = { folder: 'manifests', fileName: 'namespace.yaml' } as const;
const manifest = { folder: manifestPath.folder, file_name: manifestPath.fileName };

const clusterOf = ({ clusterId }: Subject): string => `/v2/clusters/${clusterId}`;
const infraEnvOf = ({ infraEnvId }: Subject): string => `/v2/infra-envs/${infraEnvId}`;

/** Every way in which the API writes. */
export const writes: Readonly<Record<string, Write>> = {
  RegisterCluster: {
    on: [],
    request: () => ({ method: 'POST', path: '/v2/clusters', body: clusterBody }),
  },
  RegisterDisconnectedCluster: {
    on: [],
    request: () => ({
      method: 'POST',
      path: '/v2/clusters/disconnected',
      body: { name: 'edge', openshift_version: '4.20' },
    }),
  },
  UpdateCluster: {
    on: ['cluster'],
    request: (subject) => ({ method: 'PATCH', path: clusterOf(subject), body: { name: 'renamed' } }),
  },
  DeregisterCluster: {
    on: ['cluster', 'infra-env', 'manifest'],
    request: (subject) => ({ method: 'DELETE', path: clusterOf(subject) }),
    again: 404,
  },
  UpdateClusterInstallConfig: {
    on: ['cluster'],
    request: (subject) => ({ method: 'PATCH', path: `${clusterOf(subject)}/install-config`, body: '{"fips":true}' }),
  },
  CreateClusterManifest: {
    on: ['cluster'],
    request: (subject) => ({
      method: 'POST',
      path: manifestsOf(subject),
      body: { ...manifest, file_name: 'other.yaml', content: manifestContent },
    }),
  },
  'UpdateClusterManifest, its content': {
    on: ['cluster', 'manifest'],
    request: (subject) => ({
      method: 'PATCH',
      path: manifestsOf(subject),
      body: { ...manifest, updated_content: manifestContent },
    }),
  },
  'UpdateClusterManifest, its place': {
    on: ['cluster', 'manifest'],
    request: (subject) => ({
      method: 'PATCH',
      path: manifestsOf(subject),
      body: { ...manifest, updated_folder: 'openshift' },
    }),
    again: 404,
  },
  DeleteClusterManifest: {
    on: ['cluster', 'manifest'],
    request: (subject) => ({ method: 'DELETE', path: manifestsOf(subject), query: manifest }),
  },
  UpdateClusterUiSettings: {
    on: ['cluster'],
    request: (subject) => ({ method: 'PUT', path: `${clusterOf(subject)}/ui-settings`, body: '{"step":1}' }),
  },
  'RegisterInfraEnv, without a cluster': {
    on: [],
    request: () => ({ method: 'POST', path: '/v2/infra-envs', body: infraEnvBody }),
  },
  'RegisterInfraEnv, the first of its cluster': {
    on: ['young cluster'],
    request: ({ clusterId: cluster_id }) => ({
      method: 'POST',
      path: '/v2/infra-envs',
      body: { ...infraEnvBody, ...disconnected, cluster_id, ignition_config_override: override },
    }),
  },
  'UpdateInfraEnv, a setting': {
    on: ['cluster', 'infra-env'],
    request: (subject) => ({
      method: 'PATCH',
      path: infraEnvOf(subject),
      body: { additional_ntp_sources: 'a.example' },
    }),
  },
  'UpdateInfraEnv, its pull secret': {
    on: ['cluster', 'infra-env'],
    request: (subject) => ({ method: 'PATCH', path: infraEnvOf(subject), body: { pull_secret: pullSecret('second') } }),
  },
  'UpdateInfraEnv, its type': {
    on: ['unbound infra-env'],
    request: (subject) => ({ method: 'PATCH', path: infraEnvOf(subject), body: { image_type: 'minimal-iso' } }),
  },
  DeregisterInfraEnv: {
    on: ['cluster', 'infra-env', 'ignition'],
    request: (subject) => ({ method: 'DELETE', path: infraEnvOf(subject) }),
    again: 404,
  },
  RegenerateInfraEnvSigningKey: {
    on: ['cluster', 'infra-env'],
    request: (subject) => ({ method: 'POST', path: `${infraEnvOf(subject)}/regenerate-signing-key` }),
  },
};

/** What it reads, where that is not what all the others read; a reading of credentials is written down. */
export const readsOfTheirOwn: Readonly<Record<string, Write>> = {
  GetClusterCredentials: {
    on: ['cluster', 'unattended infra-env'],
    request: (subject) => ({ method: 'GET', path: `${clusterOf(subject)}/credentials` }),
  },
  DownloadClusterCredentials: {
    on: ['cluster', 'unattended infra-env'],
    request: (subject) => ({
      method: 'GET',
      path: `${clusterOf(subject)}/downloads/credentials`,
      query: { file_name: 'kubeconfig' },
    }),
  },
  DownloadMinimalInitrd: {
    on: ['infra-env with a proxy', 'initramfs'],
    request: (subject) => ({ method: 'GET', path: `${infraEnvOf(subject)}/downloads/minimal-initrd` }),
  },
  DownloadImage: {
    on: ['cluster', 'infra-env', 'ISO'],
    request: ({ imagePath }) => ({ method: 'GET', path: imagePath }),
  },
  ProbeImage: {
    on: ['cluster', 'infra-env', 'ISO'],
    request: ({ imagePath }) => ({ method: 'HEAD', path: imagePath }),
  },
};

/** Every way in which the API reads from AWS. */
export const reads = {
  ListClusters: () => ({ method: 'GET', path: '/v2/clusters' }),
  GetCluster: (subject) => ({ method: 'GET', path: clusterOf(subject) }),
  ListClusterHosts: (subject) => ({ method: 'GET', path: `${clusterOf(subject)}/hosts` }),
  GetClusterSupportedPlatforms: (subject) => ({ method: 'GET', path: `${clusterOf(subject)}/supported-platforms` }),
  GetPreflightRequirements: (subject) => ({ method: 'GET', path: `${clusterOf(subject)}/preflight-requirements` }),
  GetClusterInstallConfig: (subject) => ({ method: 'GET', path: `${clusterOf(subject)}/install-config` }),
  GetClusterUiSettings: (subject) => ({ method: 'GET', path: `${clusterOf(subject)}/ui-settings` }),
  ListClusterManifests: (subject) => ({ method: 'GET', path: manifestsOf(subject) }),
  DownloadClusterManifest: (subject) => ({ method: 'GET', path: `${manifestsOf(subject)}/files`, query: manifest }),
  ListInfraEnvs: () => ({ method: 'GET', path: '/v2/infra-envs' }),
  GetInfraEnv: (subject) => ({ method: 'GET', path: infraEnvOf(subject) }),
  ListHosts: (subject) => ({ method: 'GET', path: `${infraEnvOf(subject)}/hosts` }),
  GetInfraEnvDownloadURL: (subject) => ({ method: 'GET', path: `${infraEnvOf(subject)}/downloads/image-url` }),
  ListEvents: ({ clusterId: cluster_id }) => ({ method: 'GET', path: '/v2/events', query: { cluster_id } }),
  ListOpenshiftVersions: () => ({ method: 'GET', path: '/v2/openshift-versions' }),
  ListOfflineOpenshiftVersions: () => ({ method: 'GET', path: '/v2/offline-openshift-versions' }),
  ListReleaseSources: () => ({ method: 'GET', path: '/v2/release-sources' }),
  Ready: () => ({ method: 'GET', path: '/ready' }),
  DownloadInfraEnvFile: (subject) => ({
    method: 'GET',
    path: `${infraEnvOf(subject)}/downloads/files`,
    query: { file_name: 'discovery.ign' },
  }),
  ReadInfraEnvIgnition: (subject) => ({ method: 'GET', path: `${infraEnvOf(subject)}/downloads/ignition` }),
  PresignInfraEnvFile: (subject) => ({
    method: 'GET',
    path: `${infraEnvOf(subject)}/downloads/files-presigned`,
    query: { file_name: 'discovery.ign' },
  }),
} as const satisfies Partial<Record<OperationId, (subject: Subject) => Request>>;

/** What they read. */
export const readParts: readonly Part[] = ['cluster', 'infra-env', 'manifest', 'ignition'];

/** Answered by the code alone, always refused, or made of calls that others make too. */
export const others: readonly OperationId[] = [
  'GetBundle',
  'GetClusterDefaultConfig',
  'GetDocumentation',
  'GetDocumentationFile',
  'GetOpenApi',
  'GetPage',
  'GetPageFile',
  'GetPageSettings',
  'GetSupportedArchitectures',
  'GetSupportedFeatures',
  'Health',
  'ListBundles',
  'ListComponentVersions',
  'ListManagedDomains',
  'ListOperatorProperties',
  'ListSupportedOperators',
  'RegisterHost',
];
