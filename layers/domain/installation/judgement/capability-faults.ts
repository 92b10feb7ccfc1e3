import { entriesOf } from '../../values/json.ts';
import { excerpt } from '../../values/printable.ts';
import { isAtLeast } from '../../values/version.ts';
import type { Site } from '../site.ts';
import { type Fault, faultIf } from './fault.ts';
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

const isSetOf = (version: string, baseline: unknown): boolean => {
  if (baseline === '' || baseline === 'None' || baseline === 'vCurrent') return true;
  const since = typeof baseline === 'string' ? /^v(4\.\d+)$/.exec(baseline)?.[1] : undefined;
  return since !== undefined && isAtLeast(since, '4.11') && isAtLeast(version, since);
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
    ...faultIf(
      baseline === 'None' && isBareMetal && !['baremetal', 'MachineAPI'].every((name) => named.includes(name)),
      place('capabilities'),
      'platform baremetal needs the capabilities baremetal and MachineAPI',
    ),
  ];
};
