import { ReleaseFailure } from '#adapters/release-mirror/release-failure.ts';
import { releaseStore } from '#adapters/releases.ts';
import type { Release } from '#domain/release/release.ts';
import { examineInstaller } from './installer-examination.ts';
import { newestFirst } from './release-text.ts';
import type { Target } from './target.ts';

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
  throw new ReleaseFailure(`${version} is not in ${target.description}: see \`npm run release -- list\``);
};

/** Reads and hashes what is stored of one release or of all. @throws ReleaseFailure when something is not as it should be */
export const verifyReleases = async (verification: Verification): Promise<void> => {
  const { target, signal, say } = verification;
  const bad: string[] = [];
  for (const { version, installer } of await chosen(verification)) {
    const state = await examineInstaller(target, installer, signal);
    say(`${version}  ${state}`);
    if (state !== 'intact') bad.push(version);
  }
  if (bad.length > 0) {
    throw new ReleaseFailure(
      `not intact: ${bad.join(', ')}: put each there again with \`npm run release -- add VERSION\``,
    );
  }
};
