import { releaseStore } from '#adapters/release-store.ts';
import type { Clock } from '#domain/ports.ts';
import { isSample, sampleVersion } from '#domain/release/sample-release.ts';
import { liveUsersOf } from './live-users.ts';
import type { Target } from './release-target.ts';
import { removeRelease } from './remove.ts';

interface Retirement {
  readonly target: Target;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

const isUsed = async ({ target: { table }, clock }: Retirement): Promise<boolean> => {
  for (const entity of ['cluster', 'infra-env'] as const) {
    const users = await liveUsersOf({ table, entity, version: sampleVersion, architecture: undefined, clock });
    if (users.length > 0) return true;
  }
  return false;
};

/** Removes the sample release once a real one is there and nothing uses the sample any more. */
export const retireSample = async (retirement: Retirement): Promise<void> => {
  const releases = await releaseStore(retirement.target.table).all();
  if (!releases.some(isSample) || releases.every(isSample) || (await isUsed(retirement))) return;
  await removeRelease({ ...retirement, choice: { version: sampleVersion, architecture: undefined }, force: true });
};
