import { CommandFailure } from '#adapters/command-failure.ts';
import { releaseRemover } from '#adapters/release-store.ts';
import type { Clock } from '#domain/ports.ts';
import { architectureOf, releaseName } from '#domain/release/release.ts';
import { removeBaseIsos } from './base-iso/base-iso-objects.ts';
import { type Choice, isMeant, notThere, onlyRelease, releasesOfVersion } from './chosen-release.ts';
import { removeInstallers } from './installer-objects.ts';
import { type LiveUser, liveUsersOf } from './live-users.ts';
import type { Target } from './release-target.ts';

interface Removal {
  readonly target: Target;
  readonly choice: Choice;
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
export const removeRelease = async ({ target, choice, force, clock, say }: Removal): Promise<void> => {
  const { version } = choice;
  const ofVersion = await releasesOfVersion(target, version);
  const release = onlyRelease(ofVersion.filter((each) => isMeant(choice, each)));
  // Of a version without any record, what a run that died has left may still be there.
  if (release === undefined && ofVersion.length > 0) throw notThere(target, choice);
  const others = ofVersion.filter((other) => other !== release);
  const name = release === undefined ? version : releaseName(release);
  const architecture = release === undefined || others.length === 0 ? undefined : architectureOf(release);
  const question = { table: target.table, entity: 'cluster', version, architecture, clock } as const;
  const clusters = force ? [] : await liveUsersOf(question);
  if (clusters.length > 0) throw inUse(name, clusters);
  const recorded = release !== undefined && (await releaseRemover(target.table).remove(release));
  const removed = (await removeInstallers(target, version, others)) + (await removeBaseIsos(target, version, others));
  if (!recorded && removed === 0) throw notThere(target, choice);
  say(`removed ${name} from ${target.description}`);
};
