import { shortened } from '../../infra-env/static-network.ts';
import type { Site } from '../site.ts';
import { diskDoubts } from './disk-doubts.ts';
import { hostNetworkDoubts } from './host-network-doubts.ts';
import { installConfigDoubts } from './install-config-doubts.ts';
import { manifestDoubts } from './manifest-doubts.ts';

/**
 * What every reader on site takes and what still keeps a host or the cluster from becoming ready, unless it gets there what
 * the settings lack; in sentences for the person whose settings they are. It may get that where nobody here can know it, so
 * it is never refused.
 */
export const siteDoubts = (site: Site): readonly string[] =>
  shortened(
    [hostNetworkDoubts, diskDoubts, installConfigDoubts, manifestDoubts]
      .flatMap((judge) => judge(site))
      .map(({ field, problem }) => `${field}: ${problem}`),
  );
