import type { Manifests } from '../cluster/cluster-ports.ts';
import type { ExtraManifest } from './site.ts';

/** The manifests of a cluster with their contents. One that goes while they are read is left out. */
export const readExtraManifests = async (
  manifests: Pick<Manifests, 'list' | 'read'>,
  clusterId: string,
): Promise<readonly ExtraManifest[]> => {
  const paths = await manifests.list(clusterId);
  const contents = await Promise.all(paths.map((path) => manifests.read(clusterId, path)));
  return paths.flatMap(({ fileName }, index) => {
    const content = contents[index];
    return content === undefined ? [] : [{ fileName, content }];
  });
};
