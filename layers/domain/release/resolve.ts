import semver from 'semver';
import { normaliseArchitecture } from '../architecture.ts';
import { invalid } from '../errors.ts';
import { excerpt } from '../values/printable.ts';
import type { Release } from './release.ts';

const exactVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const minorVersion = /^\d+\.\d+$/;

interface Wanted {
  /** `x.y` or `x.y.z[-pre]`, either with an optional `-multi` behind it. */
  readonly openshiftVersion: string;
  /** A CPU architecture or `multi`; undefined when any will do. */
  readonly cpuArchitecture?: string | undefined;
}

export const newestFirst = (releases: readonly Release[]): readonly Release[] =>
  releases.toSorted((a, b) => semver.rcompare(a.version, b.version));

/** What an operator has put in, for the text of a refusal. */
const known = (releases: readonly Release[]): string =>
  releases.length === 0
    ? 'no release is known yet'
    : `known releases: ${newestFirst(releases)
        .map(({ version, cpuArchitectures }) => `${version} (${cpuArchitectures.join(', ')})`)
        .join('; ')}`;

const serves = (release: Release, cpuArchitecture: string | undefined): boolean => {
  if (cpuArchitecture === undefined) return true;
  if (cpuArchitecture === 'multi') return release.cpuArchitectures.length > 1;
  const normalised = normaliseArchitecture(cpuArchitecture);
  return normalised !== undefined && release.cpuArchitectures.includes(normalised);
};

/** Newest first wins; a beta only where nothing else is there (assisted-service API). */
const newest = (releases: readonly Release[]): Release | undefined => {
  const sorted = newestFirst(releases);
  return sorted.find(({ supportLevel }) => supportLevel !== 'beta') ?? sorted[0];
};

const isOfMinor = ({ version }: Release, minor: string): boolean => version.startsWith(`${minor}.`);

const plain = (version: string): string => version.replace(/-multi$/, '');

/** Whether the text is a version at all: `x.y` or `x.y.z[-pre]`, either with an optional `-multi` behind it. */
export const isVersion = (text: string): boolean => exactVersion.test(plain(text)) || minorVersion.test(plain(text));

/**
 * The one release that a requested version means: `x.y.z` exactly that one, `x.y` the newest of that line; undefined when
 * no known release serves it.
 *
 * @throws InvalidInput when the text is not a version
 */
export const findRelease = (releases: readonly Release[], wanted: Wanted): Release | undefined => {
  const version = plain(wanted.openshiftVersion);
  if (!isVersion(version)) {
    throw invalid(
      `invalid openshiftVersion '${excerpt(wanted.openshiftVersion)}'. Expected format: 'major.minor' or 'major.minor.patch', ` +
        'optionally followed by a prerelease identifier',
    );
  }
  const candidates = releases.filter((release) => serves(release, wanted.cpuArchitecture));
  return minorVersion.test(version)
    ? newest(candidates.filter((release) => isOfMinor(release, version)))
    : candidates.find((release) => release.version === version);
};

/**
 * The same for a request that needs one.
 *
 * @throws InvalidInput also when no known release serves it; the message lists what is known.
 */
export const resolveRelease = (releases: readonly Release[], wanted: Wanted): Release => {
  const found = findRelease(releases, wanted);
  if (found) return found;
  const architecture = wanted.cpuArchitecture ?? 'any';
  throw invalid(
    `Openshift version ${excerpt(wanted.openshiftVersion)} for CPU architecture ${architecture} is not supported: no release image ` +
      `found for openshiftVersion: '${excerpt(wanted.openshiftVersion)}' and CPU architecture '${architecture}' (${known(releases)})`,
  );
};

/** The release that an infra-env without cluster and version means; undefined when no known one serves it. */
export const newestRelease = (releases: readonly Release[], cpuArchitecture: string | undefined): Release | undefined =>
  newest(releases.filter((release) => serves(release, cpuArchitecture)));
