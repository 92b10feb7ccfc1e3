import { sshKeysOf } from '#domain/host/ssh-keys.ts';
import { checkCarried } from '#domain/ignition/carried.ts';
import { assignmentsOf } from '#domain/ignition/credentials.ts';
import { type Ignition, parseIgnition } from '#domain/ignition/ignition.ts';
import type { Additions } from '#domain/ignition/merge.ts';
import { settingFiles, settingUnits } from '#domain/ignition/setting-parts.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { hasSeparateSettings } from '#domain/infra-env/site-beginning.ts';
import { completedManifests, withNoProxyOf } from '#domain/installation/completed-manifests.ts';
import { checkLoads, configMedium } from '#domain/installation/config-medium.ts';
import type { ArchivedFile } from '#domain/installation/cpio-reader.ts';
import { releaseLine } from '#domain/installation/release-lines.ts';
import type { Site } from '#domain/installation/site.ts';
import { siteAuthentication, siteCredentialsOf, withSiteCredentials } from '#domain/installation/site-credentials.ts';
import { siteRendezvous } from '#domain/installation/site-rendezvous.ts';
import { awaitingMedium, mediumFiles, unattendedParts, withConfigImage } from '#domain/installation/unattended.ts';
import type { Authentication } from '#domain/release/installer-profile.ts';
import type { Release } from '#domain/release/release.ts';
import type { Generation } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import { credentialsFor, keptCredentials } from './infra-env-credentials.ts';
import { acquireInstaller, type RunContext } from './installer-run.ts';
import { createSiteArchive } from './site-archive.ts';
import { createUnconfigured } from './unconfigured.ts';

export interface Subject extends Omit<RunContext, 'infraEnv'> {
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

/**
 * What the release's own binary makes of a site, beside the ignition that it goes into or that waits for it. What a run invents
 * belongs to the infra-env, so that equal settings give equal bytes.
 *
 * @throws InstallerRefused and whatever else makes a run fail
 */
const describeSite = async (dependencies: Dependencies, subject: Subject) => {
  const [made, { ignition: unconfigured }] = await runBoth(dependencies, subject);
  const site = withNoProxyOf(subject.site, made.files);
  const archive = await archiveOf(dependencies, { ...subject, site }, made);
  const infraEnv = { ...subject.infraEnv, settings: site.infraEnv.settings };
  return { site, archive, unconfigured, infraEnv };
};

interface Completion {
  readonly infraEnv: InfraEnv;
  readonly site: Site;
  readonly unconfigured: Ignition;
}

const additionsOf = ({ infraEnv, site, unconfigured }: Completion): Additions => {
  const { id, settings } = infraEnv;
  const isSeparate = hasSeparateSettings(infraEnv);
  const { files, units } = unattendedParts(site, { allowsReinstall: settings.allow_reinstall === true, isSeparate });
  const { ignition_config_override: override } = settings;
  return {
    infraEnvId: id,
    sshKeys: sshKeysOf(settings),
    files: [...settingFiles(infraEnv), ...files],
    units: [...settingUnits(infraEnv, unconfigured), ...units],
    withoutWizard: true,
    awaitsMedium: isSeparate,
    ...(override === undefined ? {} : { override: parseIgnition(override) }),
  };
};

/** What every site of a separate ISO has in common: not what one of them has of its own. */
const withoutSite = (infraEnv: InfraEnv): InfraEnv => {
  const {
    static_network_config: _networks,
    rendezvous_ip: _rendezvous,
    proxy: _proxy,
    ...settings
  } = infraEnv.settings;
  return { ...infraEnv, settings };
};

/** An ignition whose hosts wait for a medium with the settings of their site. @throws InstallerRefused, Error */
const waitingIgnition = async (dependencies: Dependencies, subject: Subject): Promise<Unattended> => {
  const infraEnv = withoutSite(subject.infraEnv);
  const made = await createUnconfigured(dependencies, { ...subject, infraEnv, isCompleted: true });
  const { ignition: unconfigured, profile } = made;
  const credentials = await credentialsFor(dependencies, subject.generation, made);
  const variables = credentials === undefined ? [] : assignmentsOf(unconfigured, { profile, credentials });
  return {
    ignition: awaitingMedium(unconfigured),
    additions: { ...additionsOf({ infraEnv, site: subject.site, unconfigured }), variables },
    authentication: profile.authentication,
  };
};

/**
 * What an installation needs that starts by itself: the release's own binary describes the site, and its files take the place
 * of the unconfigured ignition's.
 *
 * @throws InstallerRefused and whatever else makes a run fail
 */
const installingIgnition = async (dependencies: Dependencies, subject: Subject): Promise<Unattended> => {
  const { site, archive, unconfigured, infraEnv } = await describeSite(dependencies, subject);
  const ignition = withConfigImage(unconfigured, archive);
  const { static_network_config } = subject.infraEnv.settings;
  const rendezvous = siteRendezvous(site);
  checkCarried(ignition, {
    ...(static_network_config === undefined ? {} : { static_network_config }),
    ...(rendezvous === undefined ? {} : { rendezvous_ip: String(rendezvous) }),
  });
  return {
    ignition,
    additions: additionsOf({ infraEnv, site, unconfigured }),
    authentication: siteAuthentication(archive),
  };
};

/** @throws InstallerRefused and whatever else makes a run fail */
export const unattendedIgnition = (dependencies: Dependencies, subject: Subject): Promise<Unattended> =>
  hasSeparateSettings(subject.infraEnv)
    ? waitingIgnition(dependencies, subject)
    : installingIgnition(dependencies, subject);

/** The medium that the hosts of a separate ISO wait for. @throws SiteNotSeparable, InstallerRefused, Error */
export const siteMedium = async (dependencies: Dependencies, subject: Subject): Promise<Buffer> => {
  const described = await describeSite(dependencies, { ...subject, infraEnv: withoutSite(subject.infraEnv) });
  const { site, archive, unconfigured } = described;
  const { id: infraEnvId, type } = subject.infraEnv;
  const ofSettings = settingFiles({ type, settings: site.infraEnv.settings });
  const files = mediumFiles(site, { infraEnvId, archive, ofSettings });
  checkLoads({ version: subject.release.version, unconfigured, files });
  return configMedium(files);
};
