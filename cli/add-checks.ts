import { CommandFailure } from '#adapters/command-failure.ts';
import type { CpuArchitecture } from '#domain/architecture.ts';
import { isSameImage, servedArchitectures } from '#domain/release/payload.ts';
import { architectureOf, type Release } from '#domain/release/release.ts';
import { isSample } from '#domain/release/sample-release.ts';
import type { InstallerFacts } from './installer-facts.ts';
import type { Source } from './sources.ts';

interface Expectation {
  readonly source: Source;
  readonly version: string | undefined;
}

/**
 * The architectures that a binary's release serves, once it is known to be the one asked for.
 *
 * @throws CommandFailure
 */
export const checkIdentity = (
  { version, architecture }: InstallerFacts,
  expected: Expectation,
): readonly CpuArchitecture[] => {
  if (isSample({ version })) {
    throw new CommandFailure(
      `${version} is the sample release, from which nothing can be installed: it belongs to \`npm start\` alone`,
    );
  }
  if (expected.version !== undefined && version !== expected.version) {
    throw new CommandFailure(
      `the installer is of version ${version}, not of ${expected.version}: nothing was added, name the exact version`,
    );
  }
  const asked = expected.source.kind === 'mirror' ? expected.source.architecture : undefined;
  if (asked !== undefined && architecture !== undefined && architecture !== asked) {
    throw new CommandFailure(
      `the installer is of a release for ${architecture}, not for ${asked}: nothing was added, choose with --arch`,
    );
  }
  const served = architecture ?? asked;
  if (served === undefined) {
    throw new CommandFailure('the installer does not tell the architecture of its release: get an official one');
  }
  return servedArchitectures(served);
};

const conflict = (known: Release): CommandFailure => {
  const architecture = architectureOf(known);
  const command = `remove ${known.version}${architecture === 'x86_64' ? '' : ` --arch ${architecture}`}`;
  return new CommandFailure(
    `${known.version} is there for ${known.cpuArchitectures.join(', ')} with another release image ` +
      `(${known.releaseImage}): remove it first (npx ove release ${command})`,
  );
};

/**
 * A release keeps its image: a cluster was given the image when it was registered.
 *
 * @throws CommandFailure when what is to be added is of another image
 */
export const checkReplaces = (known: Release, wanted: Pick<Release, 'releaseImage'>): void => {
  if (!isSameImage(known.releaseImage, wanted.releaseImage)) throw conflict(known);
};
