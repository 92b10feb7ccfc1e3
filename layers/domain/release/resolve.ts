import rcompare from 'semver/functions/rcompare.js';
import { type CpuArchitecture, normaliseArchitecture, usualArchitecture } from '../architecture.ts';
import { invalid } from '../errors.ts';
import { excerpt } from '../values/printable.ts';
import { type ReleaseArchitecture, releaseArchitectures } from './payload.ts';
import { architectureOf, isMultiArchitecture, type Release } from './release.ts';

const exactVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const minorVersion = /^\d+\.\d+$/;

const multiSuffix = /-multi$/;

interface Wanted {
  /** `x.y` or `x.y.z[-pre]`, either with `-multi` behind it where only a payload for all architectures will do. */
  readonly openshiftVersion: string;
  /** A CPU architecture or `multi`; undefined: the usual one if there is such a release, or else any. */
  readonly cpuArchitecture?: string | undefined;
}

const rank = (release: Release): number => releaseArchitectures.indexOf(architectureOf(release));

/** Of one version, the release for one architecture comes before the one for all. */
export const newestFirst = (releases: readonly Release[]): readonly Release[] =>
  releases.toSorted((a, b) => rcompare(a.version, b.version) || rank(a) - rank(b));

const named = ({ version, cpuArchitectures }: Release): string => `${version} (${cpuArchitectures.join(', ')})`;

/** What an operator has put in, for the text of a refusal. */
const known = (releases: readonly Release[]): string =>
  releases.length === 0 ? 'no release is known yet' : `known releases: ${newestFirst(releases).map(named).join('; ')}`;

const serves = (release: Release, cpuArchitecture: string): boolean => {
  if (cpuArchitecture === 'multi') return isMultiArchitecture(release);
  const normalised = normaliseArchitecture(cpuArchitecture);
  return normalised !== undefined && release.cpuArchitectures.includes(normalised);
};

const serving = (releases: readonly Release[], cpuArchitecture: string | undefined): readonly Release[] => {
  const fitting = releases.filter((release) => serves(release, cpuArchitecture ?? usualArchitecture));
  return cpuArchitecture === undefined && fitting.length === 0 ? releases : fitting;
};

/** Newest first wins; a beta only where nothing else is there (assisted-service API). */
const newest = (releases: readonly Release[]): Release | undefined => {
  const sorted = newestFirst(releases);
  return sorted.find(({ supportLevel }) => supportLevel !== 'beta') ?? sorted[0];
};

const plain = (version: string): string => version.replace(multiSuffix, '');

/** Whether the text names a line of releases, `x.y`, and not one version. */
export const isLine = (text: string): boolean => minorVersion.test(plain(text));

/** Whether the text is a version at all: `x.y` or `x.y.z[-pre]`, either with an optional `-multi` behind it. */
export const isVersion = (text: string): boolean => exactVersion.test(plain(text)) || isLine(text);

/** Whether the text means this release: by its version or its line, and with `-multi` only if it is for all architectures. */
export const means = (text: string, release: Pick<Release, 'version' | 'cpuArchitectures'>): boolean => {
  if (multiSuffix.test(text) && !isMultiArchitecture(release)) return false;
  const version = plain(text);
  return version === release.version || (isLine(version) && release.version.startsWith(`${version}.`));
};

/**
 * The one release that a requested version and architecture mean together: `x.y.z` exactly that one, `x.y` the newest of
 * that line for the architecture; undefined when no known release serves it.
 *
 * @throws InvalidInput when the text is not a version
 */
export const findRelease = (releases: readonly Release[], wanted: Wanted): Release | undefined => {
  const { openshiftVersion, cpuArchitecture } = wanted;
  if (!isVersion(openshiftVersion)) {
    throw invalid(
      `invalid openshiftVersion '${excerpt(openshiftVersion)}'. Expected format: 'major.minor' or 'major.minor.patch', ` +
        'optionally followed by a prerelease identifier',
    );
  }
  const candidates = releases.filter((release) => means(openshiftVersion, release));
  return newest(serving(candidates, cpuArchitecture));
};

/**
 * The same for a request that needs one.
 *
 * @throws InvalidInput also when no known release serves it; the message lists what is known.
 */
export const resolveRelease = (releases: readonly Release[], wanted: Wanted): Release => {
  const found = findRelease(releases, wanted);
  if (found) return found;
  const { openshiftVersion, cpuArchitecture: architecture = usualArchitecture } = wanted;
  throw invalid(
    `Openshift version ${excerpt(openshiftVersion)} for CPU architecture ${architecture} is not supported: no release image ` +
      `found for openshiftVersion: '${excerpt(openshiftVersion)}' and CPU architecture '${architecture}' (${known(releases)})`,
  );
};

/**
 * The release whose image a request names, which has to be what it wants as well.
 *
 * @param image its exact pull specification
 * @throws InvalidInput that names the field
 */
export const releaseOfImage = (releases: readonly Release[], image: string, wanted: Wanted): Release => {
  const ofImage = releases.filter(({ releaseImage }) => releaseImage === image);
  const [first] = newestFirst(ofImage);
  if (first === undefined) {
    throw invalid(`ocp_release_image in body is not the release image of a known release (${known(releases)})`);
  }
  const found = findRelease(ofImage, wanted);
  if (found) return found;
  const { openshiftVersion, cpuArchitecture } = wanted;
  const architecture = cpuArchitecture === undefined ? '' : ` for CPU architecture ${cpuArchitecture}`;
  throw invalid(
    `ocp_release_image in body is the release image of ${named(first)}, not of openshift_version ` +
      `${excerpt(openshiftVersion)}${architecture}`,
  );
};

/** The release that an infra-env without cluster and version means; undefined when no known one serves it. */
export const newestRelease = (releases: readonly Release[], cpuArchitecture: string | undefined): Release | undefined =>
  newest(serving(releases, cpuArchitecture));

/** What tells apart the releases of one version. */
export interface Hosts {
  readonly cpuArchitecture?: CpuArchitecture | undefined;
  /** Of the release that was chosen for them; absent in what a former version of the service has stored. */
  readonly releaseArchitecture?: ReleaseArchitecture | undefined;
}

/**
 * The release for these hosts among those of one version: the one that was chosen for them and no other, or else the one
 * that an exact version means.
 */
export const releaseFor = (
  ofVersion: readonly Release[],
  { cpuArchitecture, releaseArchitecture: chosen }: Hosts,
): Release | undefined =>
  chosen === undefined
    ? newestRelease(ofVersion, cpuArchitecture)
    : ofVersion.find((release) => architectureOf(release) === chosen);
