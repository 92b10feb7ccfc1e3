import { shortened } from '../../infra-env/static-network.ts';
import { throwAll } from '../../multierror.ts';
import { type ReleaseFacts, releaseLine } from '../release-lines.ts';
import type { Site } from '../site.ts';
import { belongingFaults } from './belonging-faults.ts';
import type { Fault } from './fault.ts';
import { countFaults, hostFaults } from './host-faults.ts';
import { hostNetworkFaults } from './host-network-faults.ts';
import { manifestFaults } from './manifest-faults.ts';
import { networkFaults } from './network-faults.ts';
import { operatorFaults } from './operator-faults.ts';
import { overrideFaults } from './override-faults.ts';
import { carriedFaults, requiredFaults } from './required-faults.ts';

interface Judged {
  readonly site: Site;
  readonly release: ReleaseFacts;
}

/** Every reason that can be known before the boot. A person completes a prefilled site, so it may have gaps. */
export const siteFaults = ({ site, release }: Judged): readonly Fault[] => {
  const isUnattended = site.installation === 'unattended';
  const gates = isUnattended ? releaseLine(release).featureGates : [];
  return [
    ...carriedFaults(site),
    ...(isUnattended ? requiredFaults(site) : []),
    ...networkFaults(site),
    ...hostFaults(site),
    ...belongingFaults(site),
    ...hostNetworkFaults(site),
    ...(isUnattended && site.hosts.length > 0 ? countFaults(site) : []),
    ...operatorFaults(site, release.operators),
    ...overrideFaults(site, gates),
    ...manifestFaults(site),
  ];
};

/**
 * Checks an installation on site: what openshift-install, the site's client or its service would refuse, and what they take
 * although it keeps a cluster from becoming ready.
 *
 * @throws InvalidInput with all reasons, each behind the field of this API that it is about
 */
export const checkSite = (judged: Judged): void => {
  throwAll(shortened(siteFaults(judged).map(({ field, problem }) => `${field}: ${problem}`)));
};
