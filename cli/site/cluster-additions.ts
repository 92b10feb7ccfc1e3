import { isDeepStrictEqual } from 'node:util';
import type { ClusterRecord, ManifestPath, SiteApi } from './site-api.ts';
import type { Site, SiteManifest } from './site-file.ts';

/** What a cluster lacks, or has too much, of what is not one of its fields; made good by a call of its own. */
export interface Addition {
  readonly field: string;
  readonly make: () => Promise<unknown>;
}

const membersOf = (overrides: string): unknown => JSON.parse(overrides || '{}');

const overrideAdditions = (api: SiteApi, { overrides }: Site, cluster: ClusterRecord): readonly Addition[] => {
  const found = cluster.install_config_overrides;
  if (overrides === undefined) return [];
  if (isDeepStrictEqual(membersOf(overrides), membersOf(typeof found === 'string' ? found : ''))) return [];
  return [{ field: 'install_config_overrides', make: () => api.overrideInstallConfig(cluster.id, overrides) }];
};

const nameOf = ({ folder, file_name }: ManifestPath): string => `manifest ${folder}/${file_name}`;

const isAt =
  (path: ManifestPath) =>
  (other: ManifestPath): boolean =>
    nameOf(path) === nameOf(other);

const surplus = (api: SiteApi, id: string, path: ManifestPath): Addition => ({
  field: nameOf(path),
  make: () => api.deleteManifest(id, path),
});

const wanting = (api: SiteApi, id: string, { content, ...path }: SiteManifest): Addition => ({
  field: nameOf(path),
  make: () => api.writeManifest(id, path, content),
});

/** Those that have to go come first: a name is that of one manifest, whatever its folder. */
const manifestAdditions = async (api: SiteApi, { manifests }: Site, id: string): Promise<readonly Addition[]> => {
  if (manifests === undefined) return [];
  const there = await api.manifests(id);
  const isSame = async (wanted: SiteManifest): Promise<boolean> =>
    there.some(isAt(wanted)) && (await api.manifest(id, wanted)) === wanted.content;
  const others = await Promise.all(manifests.map(async (wanted) => ((await isSame(wanted)) ? [] : [wanted])));
  return [
    ...there.filter((path) => !manifests.some(isAt(path))).map((path) => surplus(api, id, path)),
    ...others.flat().map((wanted) => wanting(api, id, wanted)),
  ];
};

/** In the order in which they have to be made. @throws CommandFailure */
export const clusterAdditions = async (
  api: SiteApi,
  site: Site,
  cluster: ClusterRecord,
): Promise<readonly Addition[]> => [
  ...overrideAdditions(api, site, cluster),
  ...(await manifestAdditions(api, site, cluster.id)),
];

/** One after the other: the service judges the whole site after each. */
export const makeAdditions = async (additions: readonly Addition[]): Promise<void> => {
  for (const { make } of additions) await make();
};
