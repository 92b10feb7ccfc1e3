import { CommandFailure } from '#adapters/command-failure.ts';
import type { ClusterRecord, InfraEnvRecord, SiteApi } from './site-api.ts';

/** What the API holds of a site. */
export interface KnownSite {
  readonly cluster: ClusterRecord;
  /** Absent when an earlier run ended before it was there. */
  readonly infraEnv?: InfraEnvRecord;
}

/** Deletes what there is of a site. @throws CommandFailure */
export const deleteSite = async (api: SiteApi, { cluster, infraEnv }: KnownSite): Promise<void> => {
  if (infraEnv !== undefined) await api.deleteInfraEnv(infraEnv.id);
  await api.deleteCluster(cluster.id);
};

const only = <T extends { readonly id: string }>(found: readonly T[], what: string): T | undefined => {
  const ids = found.map(({ id }) => id).join(', ');
  if (found.length > 1) throw new CommandFailure(`${found.length} ${what} (${ids}): delete all but one, on the page`);
  return found[0];
};

/**
 * All sites of the caller, by name: asked for once, for however many files.
 *
 * @returns a function that throws CommandFailure where a name is not that of one site
 */
export const knownSites = async (api: SiteApi): Promise<(name: string) => KnownSite | undefined> => {
  const [clusters, infraEnvs] = await Promise.all([api.clusters(), api.infraEnvs()]);
  const clustersByName = Map.groupBy(clusters, ({ name }) => name);
  const infraEnvsByCluster = Map.groupBy(infraEnvs, ({ cluster_id }) => cluster_id);
  return (name) => {
    const cluster = only(clustersByName.get(name) ?? [], `clusters are called ${name}`);
    if (cluster === undefined) return undefined;
    const bound = (infraEnvsByCluster.get(cluster.id) ?? []).filter((each) => each.name === name);
    const infraEnv = only(bound, `infra-envs of the cluster ${name} are called so too`);
    return infraEnv === undefined ? { cluster } : { cluster, infraEnv };
  };
};
