import type { Cluster } from '#domain/cluster/cluster.ts';
import {
  checkDistinct,
  checkManifestName,
  isSamePath,
  type ManifestFolder,
  type ManifestPath,
  pathText,
} from '#domain/cluster/manifest.ts';
import { checkManifestContent, decodedManifest } from '#domain/cluster/manifest-content.ts';
import { failure } from '#domain/errors.ts';
import type { ExtraManifest } from '#domain/installation/site.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { afterCommit } from './after-commit.ts';
import type { Dependencies } from './api-dependencies.ts';
import { clusterSites } from './cluster-sites.ts';

type ManifestOperations = Operations<
  | 'ListClusterManifests'
  | 'CreateClusterManifest'
  | 'UpdateClusterManifest'
  | 'DeleteClusterManifest'
  | 'DownloadClusterManifest'
>;

interface Named {
  readonly folder?: ManifestFolder | null | undefined;
  readonly file_name: string;
}

const pathOf = ({ folder, file_name: fileName }: Named): ManifestPath => ({ folder: folder ?? 'manifests', fileName });

const toAnswer = ({ folder, fileName }: ManifestPath) =>
  ({ file_name: fileName, folder, manifest_source: 'user' }) as const;

const notFound = (clusterId: string, path: ManifestPath) =>
  failure('ManifestNotFound', { id: clusterId, path: pathText(path) });

/** In any status: the UI writes manifests for a disconnected cluster too. They go into the sites that are installed from it. */
export const manifestOperations = (dependencies: Dependencies): ManifestOperations => {
  const { manifests, clock } = dependencies;
  const { ownCluster } = ownRecords(dependencies);
  const { prolong } = afterCommit(dependencies);
  const { checkCluster, manifestsOf, renewSites } = clusterSites(dependencies);

  // The listing decides, since a key that nobody could have written is not to be looked up.
  const ofListed = async (clusterId: string, path: ManifestPath) => {
    const listed = await manifests.list(clusterId);
    const others = listed.filter((one) => !isSamePath(one, path));
    return { isThere: others.length < listed.length, others };
  };

  const contentOf = async (clusterId: string, path: ManifestPath): Promise<Uint8Array> => {
    const content = await manifests.read(clusterId, path);
    if (content === undefined) throw notFound(clusterId, path);
    return content;
  };

  /** Judges the sites as they would be with one manifest in the place of another. */
  const checkSites = async (cluster: Cluster, replaced: string, added?: ExtraManifest) => {
    const others = (await manifestsOf(cluster)).filter(({ fileName }) => fileName !== replaced);
    await checkCluster({ cluster, manifests: added === undefined ? others : [...others, added] });
  };

  const finish = async (cluster: Cluster) => {
    await prolong(cluster, clock());
    await renewSites(cluster);
  };

  // The new place is written before the old one is cleared: a move that dies half-way is completed by the caller's next try.
  const update = async (cluster: Cluster, body: OperationRequest<'UpdateClusterManifest'>['body']) => {
    const clusterId = cluster.id;
    const source = pathOf(body);
    const target = {
      folder: body.updated_folder ?? source.folder,
      fileName: body.updated_file_name ?? source.fileName,
    };
    checkManifestName(clusterId, target.fileName);
    const { isThere, others } = await ofListed(clusterId, source);
    if (!isThere) throw notFound(clusterId, source);
    checkDistinct(clusterId, target, others);
    const { updated_content: encoded } = body;
    const content =
      typeof encoded === 'string' ? decodedManifest(clusterId, encoded) : await contentOf(clusterId, source);
    checkManifestContent({ clusterId, path: target, content });
    await checkSites(cluster, source.fileName, { fileName: target.fileName, content });
    await manifests.write(clusterId, target, content);
    if (!isSamePath(source, target)) await manifests.remove(clusterId, source);
    return target;
  };

  return {
    ListClusterManifests: async ({ caller, parameters }) => {
      const { id } = await ownCluster('manifests', parameters.cluster_id, caller);
      return { body: (await manifests.list(id)).map(toAnswer) };
    },

    CreateClusterManifest: async ({ caller, parameters, body }) => {
      const cluster = await ownCluster('manifests', parameters.cluster_id, caller);
      const path = pathOf(body);
      checkManifestName(cluster.id, path.fileName);
      const content = decodedManifest(cluster.id, body.content);
      checkManifestContent({ clusterId: cluster.id, path, content });
      checkDistinct(cluster.id, path, await manifests.list(cluster.id));
      await checkSites(cluster, path.fileName, { fileName: path.fileName, content });
      await manifests.write(cluster.id, path, content);
      await finish(cluster);
      return { body: toAnswer(path) };
    },

    UpdateClusterManifest: async ({ caller, parameters, body }) => {
      const cluster = await ownCluster('manifests', parameters.cluster_id, caller);
      const path = await update(cluster, body);
      await finish(cluster);
      return { body: toAnswer(path) };
    },

    DeleteClusterManifest: async ({ caller, parameters, query }) => {
      const cluster = await ownCluster('manifests', parameters.cluster_id, caller);
      const path = pathOf(query);
      if ((await ofListed(cluster.id, path)).isThere) await manifests.remove(cluster.id, path);
      await finish(cluster);
      return { body: undefined };
    },

    DownloadClusterManifest: async ({ caller, parameters, query }) => {
      const { id } = await ownCluster('manifests', parameters.cluster_id, caller);
      const path = pathOf(query);
      if (!(await ofListed(id, path)).isThere) throw notFound(id, path);
      return {
        content: await contentOf(id, path),
        headers: { 'content-disposition': `attachment; filename="${path.fileName}"` },
      };
    },
  };
};
