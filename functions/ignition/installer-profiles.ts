import { examineInstaller } from '#adapters/installer-examination.ts';
import { failure } from '#domain/errors.ts';
import type { Installer, InstallerProgram, Workspaces } from '#domain/ignition/ignition-ports.ts';
import type { Logger } from '#domain/ports.ts';
import { currentExamination, type InstallerProfile, type NetworkProfile } from '#domain/release/installer-profile.ts';
import type { Release } from '#domain/release/release.ts';
import type { ProfileKeeper } from '#domain/release/release-ports.ts';
import { errorFields } from '#runtime/logging.ts';

/** The profile of the infra-env's binary, and what it makes of the networks of an infra-env that has any. */
export interface KnownInstaller {
  readonly profile: InstallerProfile;
  readonly networks: NetworkProfile | undefined;
}

interface Question {
  readonly release: Release;
  readonly installer: Installer;
  readonly hasNetworks: boolean;
  /** Milliseconds that are left for each run. */
  readonly leftMs: () => number;
}

/** @throws InstallerUnfit, InstallerMismatch, NetworkProgramMissing, InstallerTimeout */
export type KnowInstaller = (question: Question) => Promise<KnownInstaller>;

interface Dependencies {
  readonly program: InstallerProgram;
  readonly workspaces: Workspaces;
  readonly releases: ProfileKeeper;
  readonly logger: Logger;
}

const answers = (profile: InstallerProfile | undefined, hasNetworks: boolean): profile is InstallerProfile =>
  profile?.examination === currentExamination &&
  (!hasNetworks || profile.networks !== undefined || profile.lacks.includes('static_network_config'));

/**
 * Knows a binary by the profile of its release. One that has none, or was examined where nmstatectl was missing, is examined
 * at its first use and remembered by its hash; the release gets what was found out.
 */
export const knowInstallers = ({ program, workspaces, releases, logger }: Dependencies): KnowInstaller => {
  const examined = new Map<string, Promise<InstallerProfile>>();

  const examine = async ({ release, installer, leftMs }: Question): Promise<InstallerProfile> => {
    const profile = await examineInstaller({ program, workspaces, installer, leftMs }, release);
    await releases.keepProfile(release, profile).catch((error) => {
      logger.warn('the profile of an installer was not kept', { version: release.version, ...errorFields(error) });
    });
    return profile;
  };

  const remembered = (question: Question): Promise<InstallerProfile> => {
    const { sha256 } = question.installer;
    const known = examined.get(sha256);
    if (known !== undefined) return known;
    const examination = examine(question);
    examined.set(sha256, examination);
    examination.catch(() => examined.delete(sha256));
    return examination;
  };

  return async (question) => {
    const { release, hasNetworks } = question;
    const stored = release.installer.profile;
    const profile = answers(stored, hasNetworks) ? stored : await remembered(question);
    if (!answers(profile, hasNetworks)) throw failure('NetworkProgramMissing');
    return { profile, networks: hasNetworks ? profile.networks : undefined };
  };
};
