import { releaseStore } from '#adapters/release-store.ts';
import type { Target } from './release-target.ts';
import { newestFirst, releaseTable } from './release-text.ts';

interface Listing {
  readonly target: Target;
  /** One JSON array instead of a table. */
  readonly json: boolean;
  readonly say: (line: string) => void;
}

/** Shows what the catalogue holds, the newest release first. */
export const listReleases = async ({ target, json, say }: Listing): Promise<void> => {
  const releases = await releaseStore(target.table).all();
  if (json) say(JSON.stringify(newestFirst(releases), null, 2));
  else if (releases.length === 0)
    say(`no release is in ${target.description}: npm run release -- add VERSION${target.option}`);
  else for (const line of releaseTable(releases)) say(line);
};
