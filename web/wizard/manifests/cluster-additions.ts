import { isSamePath } from '#domain/cluster/manifest.ts';
import { call, readText } from '../../api/call.ts';
import { type ManifestDraft, pathOf } from './manifest-draft.ts';

/** What a cluster is given by calls of their own. */
export interface Additions {
  /** Overrides of the install-config, in JSON; empty: none. */
  readonly overrides: string;
  readonly manifests: readonly ManifestDraft[];
}

export const noAdditions: Additions = { overrides: '', manifests: [] };

const manifestsPath = (clusterId: string): string => `/v2/clusters/${clusterId}/manifests`;
const queryOf = ({ folder, file_name }: Omit<ManifestDraft, 'content'>) =>
  new URLSearchParams({ folder, file_name }).toString();

/** The manifests of a cluster, with their texts. */
export const readManifests = async (clusterId: string): Promise<readonly ManifestDraft[]> => {
  const path = manifestsPath(clusterId);
  const listed = await call<'ListClusterManifests'>({ method: 'GET', path });
  return Promise.all(
    listed.map(async ({ folder, file_name }) => {
      const content = await readText(`${path}/files?${queryOf({ folder, file_name })}`);
      return { folder, file_name, content };
    }),
  );
};

const isKept = (manifest: ManifestDraft, others: readonly ManifestDraft[]): boolean =>
  others.some((other) => isSamePath(pathOf(manifest), pathOf(other)) && manifest.content === other.content);

/**
 * Gives a cluster what is new, and takes away what is gone, first: a name is that of one manifest, whatever its folder. One
 * call after the other, since the service judges the whole site after each.
 */
export const writeAdditions = async (clusterId: string, before: Additions, after: Additions): Promise<void> => {
  const path = manifestsPath(clusterId);
  if (after.overrides !== before.overrides) {
    const body = after.overrides;
    await call<'UpdateClusterInstallConfig'>({
      method: 'PATCH',
      path: `/v2/clusters/${clusterId}/install-config`,
      body,
    });
  }
  for (const gone of before.manifests.filter(
    (one) => !after.manifests.some((other) => isSamePath(pathOf(one), pathOf(other))),
  )) {
    await call<'DeleteClusterManifest'>({ method: 'DELETE', path: `${path}?${queryOf(gone)}` });
  }
  for (const { content, ...named } of after.manifests.filter((manifest) => !isKept(manifest, before.manifests))) {
    const body = { ...named, content: Buffer.from(content, 'utf8').toString('base64') };
    await call<'CreateClusterManifest'>({ method: 'POST', path, body });
  }
};
