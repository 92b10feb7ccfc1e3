import semver from 'semver';
import type { Release } from '#domain/release/release.ts';

/** How a provenance is shown: what deserves a second look stands out. */
const provenanceText: Readonly<Record<Release['provenance'], string>> = {
  signed: 'signed',
  unsigned: 'UNSIGNED',
  file: 'file',
  'release-image': 'release-image',
};

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(0)} MB`;

export const gigabytes = (bytes: number): string => `${(bytes / 1_000_000_000).toFixed(1)} GB`;

const flagText = ({ installer: { profile } }: Release): string => {
  if (profile === undefined) return '?';
  return profile.flags.includes('--interactive') ? 'yes' : 'no';
};

/** E.g. `4.20.3 for x86_64 (production, signed, 612 MB)`. */
export const describeRelease = (release: Release): string =>
  `${release.version} for ${release.cpuArchitectures.join(', ')} (${release.supportLevel}, ` +
  `${provenanceText[release.provenance]}, ${megabytes(release.installer.size)})`;

export const newestFirst = (releases: readonly Release[]): readonly Release[] =>
  releases.toSorted((a, b) => semver.rcompare(a.version, b.version));

const columns: readonly (readonly [string, (release: Release) => string])[] = [
  ['VERSION', ({ version }) => version],
  ['ARCHITECTURES', ({ cpuArchitectures }) => cpuArchitectures.join(',')],
  ['SUPPORT', ({ supportLevel }) => supportLevel],
  ['PROVENANCE', ({ provenance }) => provenanceText[provenance]],
  ['INSTALLER', ({ installer }) => megabytes(installer.size)],
  ['--INTERACTIVE', flagText],
  ['ISO', ({ baseIso }) => (baseIso === undefined ? '-' : gigabytes(baseIso.size))],
  ['ADDED', ({ addedAt }) => addedAt.slice(0, 10)],
];

/** Lines of a table, the newest release first. */
export const releaseTable = (releases: readonly Release[]): readonly string[] => {
  const rows = newestFirst(releases).map((release) => columns.map(([, text]) => text(release)));
  const table = [columns.map(([title]) => title), ...rows];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
