import { overridesOf } from '../overrides.ts';
import { faultIf, type Judge } from './fault.ts';
import { place } from './override-members.ts';

/** A list of the overrides takes the place of the one that the site's service has made of the ISO's own registries.conf. */
export const installConfigDoubts: Judge = ({ cluster }) => {
  const { imageDigestSources: sources } = overridesOf(cluster.settings);
  return faultIf(
    Array.isArray(sources) && sources.length > 0,
    place('imageDigestSources'),
    'these may take the place of the mirrors in the ISO, from which the cluster is installed: give further mirrors by a ' +
      'manifest of kind ImageDigestMirrorSet',
  );
};
