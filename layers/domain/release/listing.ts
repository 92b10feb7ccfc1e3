import { isMultiArchitecture, type Release, type SupportLevel } from './release.ts';
import { newestFirst } from './resolve.ts';

/** A release as the assisted-service API lists it. */
export interface ListedVersion {
  readonly display_name: string;
  readonly support_level: SupportLevel;
  readonly cpu_architectures: readonly string[];
  /** Of one release only: the newest that is not a beta. */
  readonly default?: true;
}

interface Filter {
  /** Part of the version's text. */
  readonly version?: string | undefined;
  /** Of every minor version the newest only. */
  readonly onlyLatest?: boolean | undefined;
}

const minorOf = ({ version }: Release): string => version.split('.').slice(0, 2).join('.');

const displayName = (release: Release): string =>
  isMultiArchitecture(release) ? `${release.version}-multi` : release.version;

/** What `GET /v2/openshift-versions` answers: releases by display name, the newest first. */
export const listVersions = (releases: readonly Release[], filter: Filter): Record<string, ListedVersion> => {
  const sorted = newestFirst(releases);
  const standard = sorted.find(({ supportLevel }) => supportLevel !== 'beta');
  const latestOf = (release: Release) => sorted.find((other) => minorOf(other) === minorOf(release));
  const wanted = sorted
    .filter((release) => release.version.includes(filter.version ?? ''))
    .filter((release) => filter.onlyLatest !== true || latestOf(release)?.version === release.version);
  // Releases of one version for one architecture each have one name: an entry then lists their architectures.
  const alike = (release: Release) => wanted.filter((other) => displayName(other) === displayName(release));
  const entries = wanted
    .filter((release) => alike(release)[0] === release)
    .map((release): [string, ListedVersion] => [
      displayName(release),
      {
        display_name: displayName(release),
        support_level: release.supportLevel,
        cpu_architectures: alike(release).flatMap(({ cpuArchitectures }) => cpuArchitectures),
        ...(release === standard ? { default: true } : {}),
      },
    ]);
  return Object.fromEntries(entries);
};

/** Where the releases of one minor version come from, in the assisted-service API's terms. */
export interface ReleaseSource {
  readonly openshift_version: string;
  readonly multi_cpu_architectures: readonly string[];
  readonly upgrade_channels: readonly { readonly cpu_architecture: string; readonly channels: readonly string[] }[];
}

const channelOf = ({ supportLevel }: Release): string => (supportLevel === 'beta' ? 'candidate' : 'stable');

const channelsFor = (releases: readonly Release[], cpuArchitecture: string): string[] => [
  ...new Set(
    releases.filter(({ cpuArchitectures }) => cpuArchitectures.some((cpu) => cpu === cpuArchitecture)).map(channelOf),
  ),
];

const unique = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

/** What `GET /v2/release-sources` answers: one entry per minor version, the newest first. */
export const listSources = (releases: readonly Release[]): readonly ReleaseSource[] => {
  const byMinor = Map.groupBy(newestFirst(releases), minorOf);
  return [...byMinor].map(([openshift_version, ofMinor]) => ({
    openshift_version,
    multi_cpu_architectures: unique(ofMinor.filter(isMultiArchitecture).flatMap((release) => release.cpuArchitectures)),
    upgrade_channels: unique(ofMinor.flatMap(({ cpuArchitectures }) => cpuArchitectures)).map((cpu_architecture) => ({
      cpu_architecture,
      channels: channelsFor(ofMinor, cpu_architecture),
    })),
  }));
};
