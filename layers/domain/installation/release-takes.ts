import { failure, invalid } from '../errors.ts';
import type { Release } from '../release/release.ts';
import { loaderUnit } from './config-medium.ts';
import type { Site } from './site.ts';

/**
 * Checks that the release's own binary can describe a site. Where it was not examined, the generation finds out.
 *
 * @throws InvalidInput, SiteNotSeparable; both name the release
 */
export const checkTakesSite = (
  { installation, infraEnv }: Pick<Site, 'installation' | 'infraEnv'>,
  release: Release | undefined,
): void => {
  const { version = '', installer } = release ?? {};
  const profile = installer?.profile;
  if (installation !== 'unattended' || profile === undefined) return;
  if (infraEnv.settings.site_settings === 'separate' && profile.units[loaderUnit] === undefined) {
    throw failure('SiteNotSeparable', { version, reason: 'its hosts load no configuration medium' });
  }
  if (profile.configImage !== false) return;
  throw invalid(
    `installation: the openshift-install of release ${version} makes no configuration image, so no installation ` +
      'starts by itself with it: choose prefilled, or another release',
  );
};
