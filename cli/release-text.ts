import type { Release } from '#domain/release/release.ts';
import { newestFirst } from '#domain/release/resolve.ts';
import { type Column, tableLines } from './table.ts';

/** How a provenance is shown: what deserves a second look stands out. */
const provenanceText: Readonly<Record<Release['provenance'], string>> = {
  signed: 'signed',
  unsigned: 'UNSIGNED',
  file: 'file',
  'release-image': 'release-image',
};

const units = [
  ['GB', 1_000_000_000, 1],
  ['MB', 1_000_000, 0],
  ['kB', 1_000, 0],
] as const;

/** E.g. `45.1 GB`, `612 MB`, `97 kB`. */
export const sizeText = (bytes: number): string => {
  const [unit, size, digits] = units.find(([, least]) => bytes >= least) ?? ['kB', 1_000, 1];
  return `${(bytes / size).toFixed(digits)} ${unit}`;
};

const flagText = ({ installer: { profile } }: Release): string => {
  if (profile === undefined) return '?';
  return profile.flags.includes('--interactive') ? 'yes' : 'no';
};

/** E.g. `4.20.3 for x86_64 (production, signed, 612 MB)`. */
export const describeRelease = (release: Release): string =>
  `${release.version} for ${release.cpuArchitectures.join(', ')} (${release.supportLevel}, ` +
  `${provenanceText[release.provenance]}, ${sizeText(release.installer.size)})`;

const columns: readonly Column<Release>[] = [
  ['VERSION', ({ version }) => version],
  ['ARCHITECTURES', ({ cpuArchitectures }) => cpuArchitectures.join(',')],
  ['SUPPORT', ({ supportLevel }) => supportLevel],
  ['PROVENANCE', ({ provenance }) => provenanceText[provenance]],
  ['INSTALLER', ({ installer }) => sizeText(installer.size)],
  ['--INTERACTIVE', flagText],
  ['ISO', ({ baseIso }) => (baseIso === undefined ? '-' : sizeText(baseIso.size))],
  ['ADDED', ({ addedAt }) => addedAt.slice(0, 10)],
];

/** Lines of a table, the newest release first. */
export const releaseTable = (releases: readonly Release[]): readonly string[] =>
  tableLines(columns, newestFirst(releases));
