import { releaseStore } from '#adapters/release-store.ts';
import { unfamiliarIn } from '#domain/ignition/examination/familiar.ts';
import type { InstallerProfile } from '#domain/release/installer-profile.ts';
import { type Release, releaseName } from '#domain/release/release.ts';
import type { Target } from './release-target.ts';

/** What a binary does not carry, on a line of its own; none where it carries everything. */
export const limitLines = ({ lacks }: InstallerProfile): readonly string[] =>
  lacks.length === 0
    ? []
    : [`it does not carry ${lacks.join(', ')}: an infra-env that asks for this is refused on this release`];

const strangeness = (profile: InstallerProfile, others: readonly InstallerProfile[]): readonly string[] => {
  const unfamiliar = unfamiliarIn(profile, others);
  return [
    ...(unfamiliar.length === 0 ? [] : [`new to this service: ${unfamiliar.join(', ')}`]),
    ...(profile.unsteady.length === 0
      ? []
      : [`equal settings give other bytes, since each run writes something else into ${profile.unsteady.join(', ')}`]),
  ];
};

/** What an examination on a machine without nmstatectl leaves open. */
export const openLines = ({ networks, lacks }: InstallerProfile): readonly string[] =>
  networks !== undefined || lacks.includes('static_network_config')
    ? []
    : [
        'whether it carries static networks is not known, since nmstatectl is not in the PATH here: the first ignition with ' +
          'some finds it out, or `verify` where nmstatectl is',
      ];

/** What an operator should know of a binary, a line each. @param others of the releases that are there */
export const profileLines = (profile: InstallerProfile, others: readonly InstallerProfile[]): readonly string[] => [
  ...limitLines(profile),
  ...strangeness(profile, others),
];

/** What is known of the binaries of all releases but one. */
export const otherProfiles = async ({ table }: Target, release: Release): Promise<readonly InstallerProfile[]> => {
  const others = (await releaseStore(table).all()).filter((other) => releaseName(other) !== releaseName(release));
  return others.flatMap(({ installer }) => installer.profile ?? []);
};
