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

const create = async (api: SiteApi, site: Site, cluster: ClusterRecord): Promise<AppliedSite> => {
  const { name, pullSecret: pull_secret, infraEnv: settings } = site;
  const infraEnv = await api.registerInfraEnv({ ...settings, name, pull_secret, cluster_id: cluster.id });
  return { change: 'created', fields: [], cluster, infraEnv };
};

const bodyOf = (differences: readonly Difference[]): Record<string, unknown> =>
  Object.fromEntries(differences.map(({ field, wanted }) => [field, wanted]));

export interface SiteDifferences {
  readonly ofCluster: readonly Difference[];
  readonly ofInfraEnv: readonly Difference[];
  readonly otherPullSecret: boolean;
}

/** How a site that is there differs from its file. @throws CommandFailure, InvalidInput */
export const siteDifferences = async (
  api: SiteApi,
  site: Site,
  { cluster, infraEnv }: Required<KnownSite>,
): Promise<SiteDifferences> => ({
  ofCluster: clusterDifferences(site, await api.cluster(cluster.id)),
  ofInfraEnv: infraEnvDifferences(site, infraEnv),
  otherPullSecret: await hasOtherPullSecret(api, infraEnv.id, site.pullSecret),
});

/** Changes only what differs: an infra-env that nothing is changed of keeps its revision, and its ISO. */
const change = async (api: SiteApi, site: Site, known: Required<KnownSite>): Promise<AppliedSite> => {
  const { ofCluster, ofInfraEnv, otherPullSecret } = await siteDifferences(api, site, known);
  const { id: clusterId } = known.cluster;
  const cluster = ofCluster.length === 0 ? known.cluster : await api.updateCluster(clusterId, bodyOf(ofCluster));
  const secret = otherPullSecret ? { pull_secret: site.pullSecret } : {};
  const body = { ...bodyOf(ofInfraEnv), ...secret };
  const changed = Object.keys(body);
  const infraEnv = changed.length === 0 ? known.infraEnv : await api.updateInfraEnv(known.infraEnv.id, body);
  const fields = [...ofCluster.map(({ field }) => field), ...changed];
  return { change: fields.length === 0 ? 'left alone' : 'changed', fields, cluster, infraEnv };
};

/**
 * Brings what the API holds of a site to what its file says. A run that was cut short is completed by the next one.
 *
 * @throws CommandFailure, and InvalidInput for a value that the service would refuse
 */
export const applySite = async (api: SiteApi, site: Site, known: KnownSite | undefined): Promise<AppliedSite> => {
  const { name, pullSecret: pull_secret } = site;
  if (known === undefined) {
    return create(api, site, await api.registerCluster({ ...site.cluster, name, pull_secret }));
  }
  const { cluster, infraEnv } = known;
  return infraEnv === undefined ? create(api, site, cluster) : change(api, site, { cluster, infraEnv });
};
