import { clusterOperators, operatorsOfBundle } from '../../cluster/operators.ts';
import { isJson } from '../../values/json.ts';
import { excerpt } from '../../values/printable.ts';
import { releaseLine, releaseLineOf } from '../release-lines.ts';
import { isSingleNode, type Site } from '../site.ts';
import { type Fault, faultIf } from './fault.ts';

type Settings = Site['cluster']['settings'];

interface Carried {
  readonly site: Site;
  /** What the ISO carries. */
  readonly operators: readonly string[];
}

const asked = (settings: Settings) => clusterOperators({ ...settings, operator_bundles: [] });

const nameFaults = ({ site, operators }: Carried): readonly Fault[] =>
  asked(site.cluster.settings).flatMap(({ name, dependency_only }) =>
    faultIf(
      !operators.includes(name),
      'olm_operators',
      `${name}${dependency_only ? ', which another of them needs,' : ''} is not in the ISO of ${releaseLineOf(site.cluster.openshiftVersion)}: it carries ${operators.join(', ')}`,
    ),
  );

const bundleFaults = ({ site, operators }: Carried): readonly Fault[] =>
  site.cluster.settings.operator_bundles.flatMap((bundle) => {
    const brought = operatorsOfBundle(bundle, isSingleNode(site) ? 'None' : 'Full');
    const [absent, carried] = [
      brought.filter((name) => !operators.includes(name)),
      brought.filter((name) => operators.includes(name)),
    ];
    return faultIf(
      absent.length > 0,
      'operator_bundles',
      `${bundle.id} brings ${absent.join(', ')}, which the ISO of ${releaseLineOf(site.cluster.openshiftVersion)} has not: ` +
        `ask for ${carried.join(', ')} in olm_operators instead`,
    );
  });

const propertyFaults = ({ olm_operators }: Settings): readonly Fault[] =>
  olm_operators.flatMap(({ name, properties }) =>
    faultIf(!!properties && !isJson(properties), 'olm_operators', `the properties of ${excerpt(name)} are not JSON`),
  );

/** The site's service refuses it. */
const singleNodeFaults = (site: Site): readonly Fault[] =>
  faultIf(
    isSingleNode(site) && clusterOperators(site.cluster.settings).some(({ name }) => name === 'odf'),
    'olm_operators',
    'odf needs more than one node',
  );

/** Operators that the ISO does not carry, or that the site's service refuses. */
export const operatorFaults = (site: Site, more: readonly string[] = []): readonly Fault[] => {
  const { operators } = releaseLine({ version: site.cluster.openshiftVersion, operators: more });
  const carried = { site, operators };
  return [
    ...nameFaults(carried),
    ...bundleFaults(carried),
    ...propertyFaults(site.cluster.settings),
    ...singleNodeFaults(site),
  ];
};
