import { type Addition, clusterAdditions, makeAdditions } from './cluster-additions.ts';
import { clusterDifferences, type Difference, infraEnvDifferences } from './differences.ts';
import type { KnownSite } from './known-sites.ts';
import { hasOtherPullSecret } from './pull-secret-difference.ts';
import type { ClusterRecord, InfraEnvRecord, SiteApi } from './site-api.ts';
import type { Site } from './site-file.ts';

type SiteChange = 'created' | 'changed' | 'left alone';

export interface AppliedSite {
  readonly change: SiteChange;
  /** Names of the fields that were changed. */
  readonly fields: readonly string[];
  readonly cluster: ClusterRecord;
  readonly infraEnv: InfraEnvRecord;
}

const bodyOf = (differences: readonly Difference[]): Record<string, unknown> =>
  Object.fromEntries(differences.map(({ field, wanted }) => [field, wanted]));

interface ClusterDifferences {
  readonly ofCluster: readonly Difference[];
  readonly additions: readonly Addition[];
}

export interface SiteDifferences extends ClusterDifferences {
  readonly ofInfraEnv: readonly Difference[];
  readonly otherPullSecret: boolean;
}

const differencesOfCluster = async (api: SiteApi, site: Site, id: string): Promise<ClusterDifferences> => {
  const cluster = await api.cluster(id);
  return { ofCluster: clusterDifferences(site, cluster), additions: await clusterAdditions(api, site, cluster) };
};

/** How a site that is there differs from its file. @throws CommandFailure, InvalidInput */
export const siteDifferences = async (
  api: SiteApi,
  site: Site,
  { cluster, infraEnv }: Required<KnownSite>,
): Promise<SiteDifferences> => ({
  ...(await differencesOfCluster(api, site, cluster.id)),
  ofInfraEnv: infraEnvDifferences(site, infraEnv),
  otherPullSecret: await hasOtherPullSecret(api, infraEnv.id, site.pullSecret),
});

const changeCluster = async (api: SiteApi, id: string, differences: ClusterDifferences): Promise<void> => {
  const { ofCluster, additions } = differences;
  if (ofCluster.length > 0) await api.updateCluster(id, bodyOf(ofCluster));
  await makeAdditions(additions);
};

/** The cluster is whole before the infra-env is made: the service judges an unattended site by all of it. */
const create = async (api: SiteApi, site: Site, known: ClusterRecord | undefined): Promise<AppliedSite> => {
  const { name, pullSecret: pull_secret, infraEnv: settings } = site;
  const cluster = known ?? (await api.registerCluster({ ...site.cluster, name, pull_secret }));
  await changeCluster(api, cluster.id, await differencesOfCluster(api, site, cluster.id));
  const infraEnv = await api.registerInfraEnv({ ...settings, name, pull_secret, cluster_id: cluster.id });
  return { change: 'created', fields: [], cluster, infraEnv };
};

/** Changes only what differs: an infra-env that nothing is changed of keeps its revision, and its ISO. */
const change = async (api: SiteApi, site: Site, known: Required<KnownSite>): Promise<AppliedSite> => {
  const { ofCluster, additions, ofInfraEnv, otherPullSecret } = await siteDifferences(api, site, known);
  await changeCluster(api, known.cluster.id, { ofCluster, additions });
  const secret = otherPullSecret ? { pull_secret: site.pullSecret } : {};
  const body = { ...bodyOf(ofInfraEnv), ...secret };
  const changed = Object.keys(body);
  const infraEnv = changed.length === 0 ? known.infraEnv : await api.updateInfraEnv(known.infraEnv.id, body);
  const fields = [...[...ofCluster, ...additions].map(({ field }) => field), ...changed];
  return { change: fields.length === 0 ? 'left alone' : 'changed', fields, cluster: known.cluster, infraEnv };
};

/**
 * Brings what the API holds of a site to what its file says. A run that was cut short is completed by the next one.
 *
 * @throws CommandFailure, and InvalidInput for a value that the service would refuse
 */
export const applySite = (api: SiteApi, site: Site, known: KnownSite | undefined): Promise<AppliedSite> =>
  known?.infraEnv === undefined
    ? create(api, site, known?.cluster)
    : change(api, site, { cluster: known.cluster, infraEnv: known.infraEnv });
