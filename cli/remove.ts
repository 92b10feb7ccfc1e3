import { CommandFailure } from '#adapters/command-failure.ts';
import { removeObjects } from '#adapters/object-removal.ts';
import { releaseRemover } from '#adapters/release-store.ts';
import type { Clock } from '#domain/ports.ts';
import { isoFolder } from './base-iso/base-iso-objects.ts';
import { removeInstallers } from './installer-objects.ts';
import { type LiveUser, liveUsersOf } from './live-users.ts';
import type { Target } from './release-target.ts';

interface Removal {
  readonly target: Target;
  readonly version: string;
  /** Removes it although clusters use it: they get 409 at their downloads. */
  readonly force: boolean;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

/** Clusters that are named; a person looks at the first of many and then asks the API. */
const named = 3;

const inUse = (version: string, clusters: readonly LiveUser[]): CommandFailure => {
  const names = clusters.slice(0, named).map(({ id, name }) => `${name} (${id})`);
  const more = clusters.length > named ? ` and ${clusters.length - named} more` : '';
  return new CommandFailure(
    `${version} is used by ${names.join(', ')}${more}: delete them first, or break their downloads with --force`,
  );
};

/**
 * Removes a release. The record goes first: what is still named is still there. A run that died in between is finished
 * by the next one.
 *
 * @throws CommandFailure when live clusters use it, or it is not there
 */
export const removeRelease = async ({ target, version, force, clock, say }: Removal): Promise<void> => {
  const clusters = force ? [] : await liveUsersOf({ table: target.table, entity: 'cluster', version, clock });
  if (clusters.length > 0) throw inUse(version, clusters);
  const recorded = await releaseRemover(target.table).remove(version);
  const installers = await removeInstallers(target, version);
  const isos = await removeObjects({ client: target.s3, bucket: target.bucket, prefix: isoFolder(version) });
  if (!recorded && installers + isos === 0) {
    throw new CommandFailure(`${version} is not in ${target.description}: see \`npm run release -- list\``);
  }
  say(`removed ${version} from ${target.description}`);
};
