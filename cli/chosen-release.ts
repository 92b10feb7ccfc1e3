import { CommandFailure } from '#adapters/command-failure.ts';
import { releaseStore } from '#adapters/release-store.ts';
import type { ReleaseArchitecture } from '#domain/release/payload.ts';
import { architectureOf, type Release } from '#domain/release/release.ts';
import { newestFirst } from '#domain/release/resolve.ts';
import type { Target } from './release-target.ts';

/** Which releases an operator means. */
export interface Choice {
  readonly version: string;
  /** undefined: whichever there are. */
  readonly architecture: ReleaseArchitecture | undefined;
}

const nameOf = ({ version, architecture }: Choice): string =>
  architecture === undefined ? version : `${version} for ${architecture}`;

/** The releases of a version. */
export const releasesOfVersion = async ({ table }: Target, version: string): Promise<readonly Release[]> =>
  newestFirst(await releaseStore(table).all()).filter((release) => release.version === version);

export const isMeant = ({ architecture }: Choice, release: Release): boolean =>
  architecture === undefined || architectureOf(release) === architecture;

export const notThere = ({ description }: Target, choice: Choice): CommandFailure =>
  new CommandFailure(`${nameOf(choice)} is not in ${description}: see \`npx ove release list\``);

/** The releases of a version that an operator means. @throws CommandFailure when there are none */
export const chosenReleases = async (target: Target, choice: Choice): Promise<readonly Release[]> => {
  const chosen = (await releasesOfVersion(target, choice.version)).filter((release) => isMeant(choice, release));
  if (chosen.length === 0) throw notThere(target, choice);
  return chosen;
};

/** The only one that is left. @throws CommandFailure when there are several */
export const onlyRelease = (chosen: readonly Release[]): Release | undefined => {
  const [release, ...others] = chosen;
  if (release === undefined || others.length === 0) return release;
  throw new CommandFailure(
    `${release.version} is there for ${chosen.map(architectureOf).join(' and ')}: choose one with --arch`,
  );
};
