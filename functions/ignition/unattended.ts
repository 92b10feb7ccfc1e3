import { sshKeysOf } from '#domain/host/ssh-keys.ts';
import { checkCarried } from '#domain/ignition/carried.ts';
import { type Ignition, parseIgnition } from '#domain/ignition/ignition.ts';
import type { Additions } from '#domain/ignition/merge.ts';
import { settingFiles, settingUnits } from '#domain/ignition/setting-parts.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { completedManifests, withNoProxyOf } from '#domain/installation/completed-manifests.ts';
import type { ArchivedFile } from '#domain/installation/cpio-reader.ts';
import { releaseLine } from '#domain/installation/release-lines.ts';
import type { Site } from '#domain/installation/site.ts';
import { siteAuthentication, siteCredentialsOf, withSiteCredentials } from '#domain/installation/site-credentials.ts';
import { siteRendezvous } from '#domain/installation/site-rendezvous.ts';
import { unattendedParts, withConfigImage } from '#domain/installation/unattended.ts';
import type { Authentication } from '#domain/release/installer-profile.ts';
import type { Release } from '#domain/release/release.ts';
import type { Generation } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import { keptCredentials } from './infra-env-credentials.ts';
import { acquireInstaller, type RunContext } from './installer-run.ts';
import { createSiteArchive } from './site-archive.ts';
import { createUnconfigured } from './unconfigured.ts';

interface Subject extends Omit<RunContext, 'infraEnv'> {
  readonly generation: Generation;
  /** With the settings that its hosts get. */
  readonly infraEnv: InfraEnv;
  readonly site: Site;
  readonly release: Release;
  readonly pullSecret: string;
}

/** An ignition that is still to be merged with what is added to it. */
interface Unattended {
  readonly ignition: Ignition;
  readonly additions: Additions;
  readonly authentication: Authentication | undefined;
}

const featureGatesOf = ({ version, featureGates }: Release): readonly string[] =>
  releaseLine({ version, featureGates }).featureGates;

/** Both runs go on at the same time, and both have ended when this settles; of two failures the first run's counts. */
const runBoth = async (dependencies: Dependencies, subject: Subject) => {
  const { release, limit, site } = subject;
  const installer = await acquireInstaller(dependencies, release, limit);
  try {
    const runs = [
      createSiteArchive(dependencies, { ...subject, installer, site, featureGates: featureGatesOf(release) }),
      createUnconfigured(dependencies, { ...subject, isCompleted: true }),
    ] as const;
    await Promise.allSettled(runs);
    return await Promise.all(runs);
  } finally {
    installer.dispose();
  }
};

const archiveOf = async (
  dependencies: Dependencies,
  subject: Subject,
  made: Awaited<ReturnType<typeof createSiteArchive>>,
): Promise<readonly ArchivedFile[]> => {
  const own = siteCredentialsOf(made.files, made.admin);
  const kept = await keptCredentials(dependencies.siteCredentials, subject.generation, own);
  const featureGates = featureGatesOf(subject.release);
  return completedManifests(withSiteCredentials(made.files, kept), { site: subject.site, featureGates });
};

const additionsOf = (infraEnv: InfraEnv, site: Site, unconfigured: Ignition): Additions => {
  const { id, settings } = infraEnv;
  const { files, units } = unattendedParts(site, { allowsReinstall: settings.allow_reinstall === true });
  const { ignition_config_override: override } = settings;
  return {
    infraEnvId: id,
    sshKeys: sshKeysOf(settings),
    files: [...settingFiles(infraEnv), ...files],
    units: [...settingUnits(infraEnv, unconfigured), ...units],
    withoutWizard: true,
    ...(override === undefined ? {} : { override: parseIgnition(override) }),
  };
};

/**
 * What an installation needs that starts by itself: the release's own binary describes the site, and its files take the place
 * of the unconfigured ignition's. What a run invents belongs to the infra-env, so that equal settings give equal bytes.
 *
 * @throws InstallerRefused and whatever else makes a run fail
 */
export const unattendedIgnition = async (dependencies: Dependencies, subject: Subject): Promise<Unattended> => {
  const [made, { ignition: unconfigured }] = await runBoth(dependencies, subject);
  const site = withNoProxyOf(subject.site, made.files);
  const archive = await archiveOf(dependencies, { ...subject, site }, made);
  const ignition = withConfigImage(unconfigured, archive);
  const { static_network_config } = subject.infraEnv.settings;
  const rendezvous = siteRendezvous(site);
  checkCarried(ignition, {
    ...(static_network_config === undefined ? {} : { static_network_config }),
    ...(rendezvous === undefined ? {} : { rendezvous_ip: String(rendezvous) }),
  });
  const infraEnv = { ...subject.infraEnv, settings: site.infraEnv.settings };
  return {
    ignition,
    additions: additionsOf(infraEnv, site, unconfigured),
    authentication: siteAuthentication(archive),
  };
};
