import { CommandFailure } from '#adapters/command-failure.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { type Release, releaseName } from '#domain/release/release.ts';
import { newestFirst } from '#domain/release/resolve.ts';
import { examineBaseIso } from './base-iso/examine-base-iso.ts';
import { type Choice, chosenReleases } from './chosen-release.ts';
import { examineStored } from './examine-stored.ts';
import { examineInstaller, type StoredState } from './installer-examination.ts';
import { openLines, otherProfiles, profileLines } from './profile-text.ts';
import type { Target } from './release-target.ts';

interface Verification {
  readonly target: Target;
  /** undefined: all of them. */
  readonly choice: Choice | undefined;
  readonly signal: AbortSignal;
  /** One JSON array at the end instead of lines. */
  readonly json: boolean;
  readonly say: (line: string) => void;
}

const chosen = async ({ target, choice }: Verification): Promise<readonly Release[]> =>
  choice === undefined ? newestFirst(await releaseStore(target.table).all()) : chosenReleases(target, choice);

/** What was found of one release. */
interface Verified {
  readonly release: string;
  readonly version: string;
  readonly architectures: readonly string[];
  readonly installer: StoredState;
  /** Absent without an ISO. */
  readonly iso?: StoredState;
  /** What an intact installer carries, and what is not known of it; a line each. */
  readonly remarks: readonly string[];
}

const remarksOn = async ({ target, signal }: Verification, release: Release): Promise<readonly string[]> => {
  const profile = await examineStored(target, release, signal);
  return [...profileLines(profile, await otherProfiles(target, release)), ...openLines(profile)];
};

const verified = async (verification: Verification, release: Release): Promise<Verified> => {
  const { target, signal } = verification;
  const installer = await examineInstaller(target, release.installer, signal);
  const { baseIso } = release;
  return {
    release: releaseName(release),
    version: release.version,
    architectures: release.cpuArchitectures,
    installer,
    ...(baseIso === undefined ? {} : { iso: await examineBaseIso(target, baseIso) }),
    remarks: installer === 'intact' ? await remarksOn(verification, release) : [],
  };
};

const sayVerified = (say: Verification['say'], { release, installer, iso, remarks }: Verified): void => {
  say(`${release}  ${installer}${iso === undefined ? '' : `  ISO ${iso}`}`);
  for (const remark of remarks) say(`${release}: ${remark}`);
};

const namesOf = (found: readonly Verified[]): string => found.map(({ release }) => release).join(', ');

const checkAll = (found: readonly Verified[]): void => {
  const bad = found.filter(({ installer }) => installer !== 'intact');
  if (bad.length > 0) {
    throw new CommandFailure(`not intact: ${namesOf(bad)}: put each there again with \`npx ove release add VERSION\``);
  }
  const badIsos = found.filter(({ iso }) => iso !== undefined && iso !== 'intact');
  if (badIsos.length > 0) {
    throw new CommandFailure(
      `without the ISO that was added: ${namesOf(badIsos)}: put each there again with \`npx ove release add-iso VERSION\``,
    );
  }
};

/** Reads, hashes and examines what is stored of one release or of all. @throws CommandFailure when something is not as it should be */
export const verifyReleases = async (verification: Verification): Promise<void> => {
  const { target, say, json } = verification;
  const releases = await chosen(verification);
  if (releases.length === 0 && !json) say(`no release is in ${target.description}: there is nothing to verify`);
  const found: Verified[] = [];
  for (const release of releases) {
    const one = await verified(verification, release);
    found.push(one);
    if (!json) sayVerified(say, one);
  }
  if (json) say(JSON.stringify(found, null, 2));
  checkAll(found);
};
