import type { Cluster } from '#domain/cluster/cluster.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { installationOf } from '#domain/infra-env/site-beginning.ts';
import { readExtraManifests } from '#domain/installation/extra-manifests.ts';
import { checkSite } from '#domain/installation/judgement/check-site.ts';
import { checkTakesSite } from '#domain/installation/release-takes.ts';
import type { ExtraManifest } from '#domain/installation/site.ts';
import { siteDigest } from '#domain/installation/site-digest.ts';
import { siteOf } from '#domain/installation/site-of.ts';
import { checkManifestsFit } from '#domain/installation/site-size.ts';
import { errorFields } from '#runtime/logging.ts';
import type { Dependencies } from './api-dependencies.ts';
import { whileStale } from './stale.ts';

interface Changed {
  readonly cluster: Cluster;
  /** As they will be; absent: as they are. */
  readonly manifests?: readonly ExtraManifest[];
}

/**
 * The installations on site that a cluster's settings, install-config and manifests go into: judged before these are stored,
 * and given another revision once that changes a file of theirs.
 */
export const clusterSites = (dependencies: Dependencies) => {
  const { infraEnvs, manifests, releases, workflows, logger } = dependencies;

  const manifestsOf = ({ id }: Cluster) => readExtraManifests(manifests, id);

  const check = async (infraEnv: InfraEnv, { cluster, manifests: given }: Changed): Promise<InfraEnv> => {
    const { siteDigest: _ofAnotherInstallation, ...without } = infraEnv;
    if (installationOf(infraEnv) === undefined) return without;
    const site = siteOf({ infraEnv, cluster, manifests: given ?? (await manifestsOf(cluster)) });
    if (site === undefined) return without;
    const release = await releases.get(cluster.openshiftVersion, infraEnv);
    checkTakesSite(site, release);
    const { featureGates, operators } = release ?? {};
    checkSite({ site, release: { version: cluster.openshiftVersion, featureGates, operators } });
    checkManifestsFit(site);
    return { ...infraEnv, siteDigest: siteDigest(site) };
  };

  const installing = async ({ id }: Cluster): Promise<readonly InfraEnv[]> =>
    (await infraEnvs.ofCluster(id)).filter((infraEnv) => installationOf(infraEnv) !== undefined);

  const renew = async (infraEnvId: string, cluster: Cluster): Promise<void> => {
    const infraEnv = await infraEnvs.get(infraEnvId);
    if (infraEnv === undefined) return;
    const checked = await check(infraEnv, { cluster });
    if (checked.siteDigest === infraEnv.siteDigest) return;
    const revision = infraEnv.revision + 1;
    await infraEnvs.save({ ...checked, version: infraEnv.version + 1, revision });
    await workflows.prepareMedia({ infraEnvId, revision });
  };

  return {
    /** The infra-env with what distinguishes its site from others. @throws InvalidInput, IgnitionTooLarge */
    checkedSite: check,

    /** @throws InvalidInput, IgnitionTooLarge, for the first infra-env whose site could not be installed */
    checkCluster: async (changed: Changed): Promise<void> => {
      for (const infraEnv of await installing(changed.cluster)) await check(infraEnv, changed);
    },

    manifestsOf,

    /** To be called after the write. An infra-env that it fails for is renewed by the next change. */
    renewSites: async (cluster: Cluster): Promise<void> => {
      for (const infraEnv of await installing(cluster)) {
        try {
          await whileStale(() => renew(infraEnv.id, cluster));
        } catch (error) {
          logger.warn('the site of an infra-env was not renewed', { infraEnvId: infraEnv.id, ...errorFields(error) });
        }
      }
    },
  };
};
