import {
  checkDistinct,
  checkManifestName,
  isSamePath,
  type ManifestFolder,
  type ManifestPath,
  manifestName,
} from '#domain/cluster/manifest.ts';
import { checkManifestContent } from '#domain/cluster/manifest-content.ts';
import { ServiceError } from '#domain/errors.ts';
import { problemOnSite } from '#domain/installation/judgement/manifest-faults.ts';

/** A file for the installation of the cluster. */
export interface ManifestDraft {
  readonly folder: ManifestFolder;
  readonly file_name: string;
  /** Its text: YAML, JSON or a YAML patch, as its name says. */
  readonly content: string;
}

export const emptyManifest: ManifestDraft = { folder: 'manifests', file_name: '', content: '' };

export const pathOf = ({ folder, file_name: fileName }: ManifestDraft): ManifestPath => ({ folder, fileName });

const judge = (manifest: ManifestDraft, others: readonly ManifestPath[], cluster: string): string | undefined => {
  const path = pathOf(manifest);
  const content = Buffer.from(manifest.content, 'utf8');
  if (!manifestName.test(path.fileName))
    return `${path.fileName || 'A manifest'} needs a name that ends in .yaml or .yml`;
  if (others.some((other) => isSamePath(other, path))) return `${path.fileName} is there twice`;
  try {
    checkManifestName(cluster, path.fileName);
    checkDistinct(cluster, path, others);
    checkManifestContent({ clusterId: cluster, path, content });
    const onSite = problemOnSite({ fileName: path.fileName, content });
    return onSite === undefined ? undefined : `${path.fileName}: ${onSite}`;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return error.message;
  }
};

/** What is wrong with the first manifest that the service would refuse. */
export const manifestProblem = (manifests: readonly ManifestDraft[], cluster: string): string | undefined =>
  manifests
    .map((manifest, at) => judge(manifest, manifests.toSpliced(at, 1).map(pathOf), cluster))
    .find((problem) => problem !== undefined);
