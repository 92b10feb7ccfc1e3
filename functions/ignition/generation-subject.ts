import type { Cluster } from '#domain/cluster/cluster.ts';
import { checkIsDisconnected } from '#domain/cluster/transitions.ts';
import { failure } from '#domain/errors.ts';
import { withoutPlaceholders } from '#domain/infra-env/complete-settings.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { installationOf } from '#domain/infra-env/site-beginning.ts';
import { readExtraManifests } from '#domain/installation/extra-manifests.ts';
import type { Site } from '#domain/installation/site.ts';
import { siteOf } from '#domain/installation/site-of.ts';
import type { Release } from '#domain/release/release.ts';
import { ownRecords } from '#runtime/own-records.ts';
import type { Generation } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';

/**
 * The cluster that names the version of the infra-env's ISO.
 *
 * @throws ClusterRequired, ClusterGone; IllegalTransition while the cluster is in no status for this kind of ISO
 */
export const loadDisconnectedCluster = async (dependencies: Dependencies, infraEnv: InfraEnv): Promise<Cluster> => {
  const cluster = await ownRecords(dependencies).boundCluster(infraEnv);
  if (cluster === undefined) throw failure('ClusterRequired');
  checkIsDisconnected(cluster);
  return cluster;
};

/** @throws InstallerMissing: a release may have been taken away since the cluster was registered */
export const loadRelease = async (
  { releases }: Dependencies,
  { cluster, infraEnv }: { readonly cluster: Cluster; readonly infraEnv: InfraEnv },
): Promise<Release> => {
  const version = cluster.openshiftVersion;
  const release = await releases.get(version, infraEnv);
  if (release !== undefined) return release;
  const { cpuArchitecture, releaseArchitecture: architecture = cpuArchitecture } = infraEnv;
  throw failure('InstallerMissing', { version, architecture });
};

/** The site that the infra-env's ISO installs or prepares; undefined where a person enters everything there. */
export const loadSite = async (
  { manifests }: Dependencies,
  { cluster, stored: infraEnv }: Pick<Generation, 'stored'> & { readonly cluster: Cluster },
): Promise<Site | undefined> => {
  if (installationOf(infraEnv) === undefined) return undefined;
  const site = siteOf({ infraEnv, cluster, manifests: await readExtraManifests(manifests, cluster.id) });
  return site && { ...site, infraEnv: { ...site.infraEnv, settings: withoutPlaceholders(site.infraEnv.settings) } };
};
