import { CommandFailure } from '#adapters/command-failure.ts';
import { releaseStore } from '#adapters/release-store.ts';
import type { Release } from '#domain/release/release.ts';
import { examineBaseIso } from './base-iso/examine-base-iso.ts';
import { examineStored } from './examine-stored.ts';
import { examineInstaller } from './installer-examination.ts';
import { profileLines } from './profile-text.ts';
import type { Target } from './release-target.ts';
import { newestFirst } from './release-text.ts';

interface Verification {
  readonly target: Target;
  /** undefined: all of them. */
  readonly version: string | undefined;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const chosen = async ({ target, version }: Verification): Promise<readonly Release[]> => {
  const releases = releaseStore(target.table);
  if (version === undefined) return newestFirst(await releases.all());
  const release = await releases.get(version);
  if (release !== undefined) return [release];
  throw new CommandFailure(`${version} is not in ${target.description}: see \`npm run release -- list\``);
};

const sayProfile = async ({ target, signal, say }: Verification, release: Release): Promise<void> => {
  const profile = await examineStored(target, release, signal);
  const others = (await releaseStore(target.table).all()).filter(({ version }) => version !== release.version);
  const profiles = others.flatMap(({ installer }) => installer.profile ?? []);
  for (const line of profileLines(profile, profiles)) say(`${release.version}: ${line}`);
};

/** Reads, hashes and examines what is stored of one release or of all. @throws CommandFailure when something is not as it should be */
export const verifyReleases = async (verification: Verification): Promise<void> => {
  const { target, signal, say } = verification;
  const releases = await chosen(verification);
  if (releases.length === 0) say(`no release is in ${target.description}: there is nothing to verify`);
  const bad: string[] = [];
  const badIsos: string[] = [];
  for (const release of releases) {
    const { version, installer, baseIso } = release;
    const state = await examineInstaller(target, installer, signal);
    const isoState = baseIso === undefined ? undefined : await examineBaseIso(target, baseIso);
    say(`${version}  ${state}${isoState === undefined ? '' : `  ISO ${isoState}`}`);
    if (state === 'intact') await sayProfile(verification, release);
    else bad.push(version);
    if (isoState === 'missing') badIsos.push(version);
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
