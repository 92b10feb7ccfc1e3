import { releaseStore } from '#adapters/release-store.ts';
import { type Release, releaseName } from '#domain/release/release.ts';
import { newestFirst } from '#domain/release/resolve.ts';
import { limitLines } from './profile-text.ts';
import type { Target } from './release-target.ts';
import { releaseTable } from './release-text.ts';

interface Listing {
  readonly target: Target;
  /** One JSON array instead of a table. */
  readonly json: boolean;
  readonly say: (line: string) => void;
}

const notesOn = (releases: readonly Release[]): readonly string[] =>
  newestFirst(releases).flatMap((release) =>
    release.installer.profile === undefined
      ? []
      : limitLines(release.installer.profile).map((line) => `${releaseName(release)}: ${line}`),
  );

/** Shows what the catalogue holds, the newest release first, and what a release does not carry. */
export const listReleases = async ({ target, json, say }: Listing): Promise<void> => {
  const releases = await releaseStore(target.table).all();
  if (json) say(JSON.stringify(newestFirst(releases), null, 2));
  else if (releases.length === 0)
    say(`no release is in ${target.description}: npx ove release add VERSION${target.option}`);
  else for (const line of [...releaseTable(releases), ...notesOn(releases)]) say(line);
};
