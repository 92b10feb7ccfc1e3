import { invalid } from '../errors.ts';
import type { Release } from '../release/release.ts';
import type { Site } from './site.ts';

/**
 * Checks that the release's own binary can describe a site. Where it was not examined, the generation finds out.
 *
 * @throws InvalidInput that names the release
 */
export const checkTakesSite = ({ installation }: Pick<Site, 'installation'>, release: Release | undefined): void => {
  if (installation !== 'unattended' || release?.installer.profile?.configImage !== false) return;
  throw invalid(
    `installation: the openshift-install of release ${release.version} makes no configuration image, so no installation ` +
      'starts by itself with it: choose prefilled, or another release',
  );
};
