import { entriesOf } from '../../values/json.ts';
import { excerpt } from '../../values/printable.ts';
import { isAtLeast } from '../../values/version.ts';
import type { Site } from '../site.ts';
import { type Fault, fault, faultIf } from './fault.ts';
import { place } from './override-members.ts';

/** Of releases 4.18 to 4.22 (`KnownClusterVersionCapabilities` of openshift/api); case counts. */
const known: readonly unknown[] = [
  'baremetal',
  'Build',
  'CloudControllerManager',
  'CloudCredential',
  'Console',
  'CSISnapshot',
  'DeploymentConfig',
  'ImageRegistry',
  'Ingress',
  'Insights',
  'MachineAPI',
  'marketplace',
  'NodeTuning',
  'openshift-samples',
  'OperatorLifecycleManager',
  'OperatorLifecycleManagerV1',
  'Storage',
];

/** The first release that may have others. */
const firstUnknown = '4.23';

/** The release that a set is named after. */
const setVersion = (baseline: unknown): string | undefined =>
  typeof baseline === 'string' ? /^v(4\.\d+)$/.exec(baseline)?.[1] : undefined;

const isSetOf = (version: string, baseline: unknown): boolean => {
  if (baseline === '' || baseline === 'None' || baseline === 'vCurrent') return true;
  const since = setVersion(baseline);
  return since !== undefined && isAtLeast(since, '4.11') && isAtLeast(version, since);
};

interface Needed {
  readonly name: string;
  /** The first set that has it. */
  readonly since: string;
}

/** openshift-install asks for `Ingress`, and for the other one beside `marketplace`, which each set has. */
const alwaysNeeded: readonly Needed[] = [
  { name: 'Ingress', since: '4.16' },
  { name: 'OperatorLifecycleManager', since: '4.15' },
];

const isMissing = ({ name, since }: Needed, baseline: unknown, named: readonly unknown[]): boolean => {
  if (named.includes(name)) return false;
  if (baseline === 'None') return name === 'Ingress' || named.includes('marketplace');
  const set = setVersion(baseline);
  return set !== undefined && !isAtLeast(set, since);
};

/** Capabilities that openshift-install does not know, or that the platform cannot do without. */
export const capabilityFaults = ({ cluster }: Site, capabilities: unknown): readonly Fault[] => {
  const members = entriesOf(capabilities);
  const baseline = members?.get('baselineCapabilitySet') ?? '';
  const more = members?.get('additionalEnabledCapabilities');
  const named: readonly unknown[] = Array.isArray(more) ? more : [];
  const unknown = isAtLeast(cluster.openshiftVersion, firstUnknown)
    ? undefined
    : named.find((name) => !known.includes(name));
  const isBareMetal = (cluster.settings.platform?.type ?? 'baremetal') === 'baremetal';
  return [
    ...faultIf(
      !isSetOf(cluster.openshiftVersion, baseline),
      place('capabilities'),
      `${excerpt(String(baseline))} is not a set of capabilities of this release`,
    ),
    ...faultIf(
      unknown !== undefined,
      place('capabilities'),
      `${excerpt(String(unknown))} is not a capability: there are ${known.join(', ')}`,
    ),
    ...alwaysNeeded
      .filter((needed) => isMissing(needed, baseline, named))
      .map(({ name }) =>
        fault(place('capabilities'), `additionalEnabledCapabilities needs ${name} beside ${String(baseline)}`),
      ),
    ...faultIf(
      baseline === 'None' && isBareMetal && !['baremetal', 'MachineAPI'].every((name) => named.includes(name)),
      place('capabilities'),
      'platform baremetal needs the capabilities baremetal and MachineAPI',
    ),
  ];
};
