import { invalid } from '../errors.ts';
import { isAtLeast } from '../values/version.ts';
import type { PlatformType } from './platform.ts';

/** What of a cluster's settings is a feature with conditions. */
export interface FeatureSettings {
  readonly high_availability_mode: 'Full' | 'None';
  readonly platform: PlatformType;
  readonly network_type: string;
  readonly user_managed_networking: boolean;
  readonly vip_dhcp_allocation: boolean;
  readonly isDualStack: boolean;
  readonly vips: number;
  /** Names of all operators, dependencies included. */
  readonly operators: readonly string[];
}

export interface Target {
  readonly openshiftVersion: string;
  /** Stored form, `multi` included. */
  readonly cpuArchitecture: string;
}

interface Feature {
  readonly id: string;
  readonly name: string;
  readonly isActive: (settings: FeatureSettings) => boolean;
  readonly isAvailable?: (target: Target) => boolean;
  /** Ids of features that it rules out, each with the first version that allows both, if any does. */
  readonly rulesOut?: Readonly<Record<string, string | undefined>>;
}

const architectureSince: Readonly<Record<string, string>> = {
  arm64: '4.10',
  ppc64le: '4.12',
  s390x: '4.12',
  multi: '4.11',
};

const operator = (name: string) => (settings: FeatureSettings) => settings.operators.includes(name);
const onPlatform = (type: PlatformType) => (settings: FeatureSettings) => settings.platform === type;
const since =
  (version: string, ...notOn: readonly string[]) =>
  ({ openshiftVersion, cpuArchitecture }: Target) =>
    isAtLeast(openshiftVersion, version) && !notOn.includes(cpuArchitecture);

/** Feature names, versions and pairs as the assisted-service API has them; the first fault in this order is reported. */
const features: readonly Feature[] = [
  { id: 'SNO', name: 'Single Node OpenShift', isActive: (settings) => settings.high_availability_mode === 'None' },
  {
    id: 'VIP_AUTO_ALLOC',
    name: 'VIP Automatic Allocation',
    isActive: (settings) => settings.vip_dhcp_allocation,
    isAvailable: ({ openshiftVersion }) => !isAtLeast(openshiftVersion, '4.15'),
  },
  {
    id: 'CLUSTER_MANAGED_NETWORKING',
    name: 'Cluster Managed Networking',
    isActive: (settings) => !settings.user_managed_networking,
    isAvailable: ({ openshiftVersion, cpuArchitecture }) =>
      cpuArchitecture !== 'arm64' || isAtLeast(openshiftVersion, '4.11'),
  },
  { id: 'DUAL_STACK', name: 'Dual-Stack', isActive: (settings) => settings.isDualStack },
  {
    id: 'DUAL_STACK_VIPS',
    name: 'Dual-Stack VIPs',
    isActive: (settings) => settings.vips > 1,
    isAvailable: since('4.12'),
  },
  {
    id: 'NUTANIX_INTEGRATION',
    name: 'Nutanix Platform Integration',
    isActive: onPlatform('nutanix'),
    isAvailable: since('4.11', 'arm64', 'ppc64le', 's390x'),
    rulesOut: { LVM: undefined, MCE: undefined, CNV: undefined },
  },
  {
    id: 'VSPHERE_INTEGRATION',
    name: 'vSphere Platform Integration',
    isActive: onPlatform('vsphere'),
    isAvailable: since('4.0', 'ppc64le', 's390x'),
    rulesOut: { LVM: undefined, CNV: undefined, DUAL_STACK: '4.13' },
  },
  {
    id: 'EXTERNAL_PLATFORM',
    name: 'External Platform Integration',
    isActive: onPlatform('external'),
    isAvailable: since('4.14'),
  },
  {
    id: 'ODF',
    name: 'OpenShift Data Foundation',
    isActive: operator('odf'),
    rulesOut: { SNO: undefined, LVM: undefined },
  },
  {
    id: 'LVM',
    name: 'Logical Volume Management',
    isActive: operator('lvm'),
    isAvailable: since('4.11'),
    rulesOut: { VIP_AUTO_ALLOC: '4.15', CLUSTER_MANAGED_NETWORKING: '4.15' },
  },
  { id: 'CNV', name: 'OpenShift Virtualization', isActive: operator('cnv') },
  { id: 'MCE', name: 'multicluster engine', isActive: operator('mce'), isAvailable: since('4.10') },
];

/**
 * Checks that the version runs on the architecture at all.
 *
 * @throws InvalidInput
 */
export const checkArchitecture = ({ openshiftVersion, cpuArchitecture }: Target): void => {
  const first = architectureSince[cpuArchitecture];
  if (first === undefined || isAtLeast(openshiftVersion, first)) return;
  throw invalid(
    `cannot use ${cpuArchitecture} architecture because it's not compatible on version ${openshiftVersion} of OpenShift`,
  );
};

const isRuledOut = ({ rulesOut = {} }: Feature, other: Feature, openshiftVersion: string): boolean => {
  if (!Object.hasOwn(rulesOut, other.id)) return false;
  const until = rulesOut[other.id];
  return until === undefined || !isAtLeast(openshiftVersion, until);
};

/**
 * Checks the features that the settings use against version, architecture and each other (assisted-service API).
 *
 * @throws InvalidInput
 */
export const checkFeatures = (settings: FeatureSettings, target: Target): void => {
  const { openshiftVersion, cpuArchitecture } = target;
  if (settings.network_type === 'OpenShiftSDN' && isAtLeast(openshiftVersion, '4.15')) {
    throw invalid(`Openshift version ${openshiftVersion} is not supported for OpenShiftSDN NetworkType`);
  }
  const active = features.filter(({ isActive }) => isActive(settings));
  const unavailable = active.find(({ isAvailable }) => isAvailable?.(target) === false);
  if (unavailable !== undefined) {
    throw invalid(
      `cannot use ${unavailable.name} because it's not compatible with the ${cpuArchitecture} architecture on version ` +
        `${openshiftVersion} of OpenShift`,
    );
  }
  for (const feature of active) {
    const other = active.find((candidate) => isRuledOut(feature, candidate, openshiftVersion));
    if (other !== undefined) {
      throw invalid(`cannot use ${feature.name} because it's not compatible with ${other.name}`);
    }
  }
};
