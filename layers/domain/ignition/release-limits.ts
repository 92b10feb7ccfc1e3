import { invalid } from '../errors.ts';
import type { InfraEnv } from '../infra-env/infra-env.ts';
import { settingKeys } from '../infra-env/setting-table.ts';
import type { InstallerProfile } from '../release/installer-profile.ts';
import type { Release } from '../release/release.ts';

type Subject = Pick<InfraEnv, 'type' | 'settings'>;

/**
 * Checks that a binary carries every setting of an infra-env whose ignition it makes.
 *
 * @throws InvalidInput that names setting and release
 */
export const checkProfileCarries = (
  version: string,
  { lacks }: InstallerProfile,
  { type, settings }: Subject,
): void => {
  const missing = settingKeys.find((key) => settings[key] !== undefined && lacks.includes(key));
  if (missing === undefined || type !== 'disconnected-iso') return;
  throw invalid(`${missing}: the openshift-install of release ${version} does not carry it into the ignition`);
};

/** The same by what is known of the release: where nothing is, the generation finds it out. @throws InvalidInput */
export const checkReleaseCarries = (release: Release | undefined, subject: Subject): void => {
  const { version = '', installer } = release ?? {};
  if (installer?.profile !== undefined) checkProfileCarries(version, installer.profile, subject);
};
