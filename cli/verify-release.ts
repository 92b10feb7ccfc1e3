import { CommandFailure } from '#adapters/command-failure.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { type Release, releaseName } from '#domain/release/release.ts';
import { newestFirst } from '#domain/release/resolve.ts';
import { examineBaseIso } from './base-iso/examine-base-iso.ts';
import { type Choice, chosenReleases } from './chosen-release.ts';
import { examineStored } from './examine-stored.ts';
import { examineInstaller } from './installer-examination.ts';
import { openLines, otherProfiles, profileLines } from './profile-text.ts';
import type { Target } from './release-target.ts';

interface Verification {
  readonly target: Target;
  /** undefined: all of them. */
  readonly choice: Choice | undefined;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const chosen = async ({ target, choice }: Verification): Promise<readonly Release[]> =>
  choice === undefined ? newestFirst(await releaseStore(target.table).all()) : chosenReleases(target, choice);

const sayProfile = async ({ target, signal, say }: Verification, release: Release): Promise<void> => {
  const profile = await examineStored(target, release, signal);
  const profiles = await otherProfiles(target, release);
  for (const line of [...profileLines(profile, profiles), ...openLines(profile)])
    say(`${releaseName(release)}: ${line}`);
};

/** Reads, hashes and examines what is stored of one release or of all. @throws CommandFailure when something is not as it should be */
export const verifyReleases = async (verification: Verification): Promise<void> => {
  const { target, signal, say } = verification;
  const releases = await chosen(verification);
  if (releases.length === 0) say(`no release is in ${target.description}: there is nothing to verify`);
  const bad: string[] = [];
  const badIsos: string[] = [];
  for (const release of releases) {
    const { installer, baseIso } = release;
    const name = releaseName(release);
    const state = await examineInstaller(target, installer, signal);
    const isoState = baseIso === undefined ? undefined : await examineBaseIso(target, baseIso);
    say(`${name}  ${state}${isoState === undefined ? '' : `  ISO ${isoState}`}`);
    if (state === 'intact') await sayProfile(verification, release);
    else bad.push(name);
    if (isoState === 'missing') badIsos.push(name);
  }
  if (bad.length > 0) {
    throw new CommandFailure(
      `not intact: ${bad.join(', ')}: put each there again with \`npm run release -- add VERSION\``,
    );
  }
  if (badIsos.length > 0) {
    throw new CommandFailure(
      `without the ISO that was added: ${badIsos.join(', ')}: put each there again with \`npm run release -- add-iso VERSION\``,
    );
  }
};
