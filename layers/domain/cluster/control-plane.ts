import { invalid } from '../errors.ts';
import { isAtLeast } from '../values/version.ts';

export type HighAvailabilityMode = 'Full' | 'None';

export interface ControlPlane {
  readonly high_availability_mode: HighAvailabilityMode;
  readonly control_plane_count: number;
}

interface AskedControlPlane {
  readonly high_availability_mode?: HighAvailabilityMode | undefined;
  readonly control_plane_count?: number | undefined;
}

const usualCount = { Full: 3, None: 1 } as const;

/** Completes what was asked for: one node means mode None, any other number Full, nothing means three nodes. */
export const completeControlPlane = (asked: AskedControlPlane): ControlPlane => {
  const mode = asked.high_availability_mode ?? (asked.control_plane_count === 1 ? 'None' : 'Full');
  return { high_availability_mode: mode, control_plane_count: asked.control_plane_count ?? usualCount[mode] };
};

/** Numbers of control plane nodes in mode Full by the OpenShift version from which on they hold, newest first. */
const ranges = [
  { since: '4.19', fewest: 2 },
  { since: '4.18', fewest: 3 },
];
const most = 5;

const checkFull = (count: number, openshiftVersion: string): void => {
  const range = ranges.find(({ since }) => isAtLeast(openshiftVersion, since));
  const what = 'dedicated control plane nodes for high availability mode Full in openshift version';
  if (range === undefined && count !== 3) throw invalid(`there should be exactly 3 ${what} older than 4.18`);
  if (range !== undefined && (count < range.fewest || count > most)) {
    throw invalid(`there should be ${range.fewest}-${most} ${what} ${range.since} or newer`);
  }
};

/**
 * Checks the number of control plane nodes against mode and version (assisted-service API).
 *
 * @throws InvalidInput
 */
export const checkControlPlane = (controlPlane: ControlPlane, openshiftVersion: string): void => {
  const { high_availability_mode: mode, control_plane_count: count } = controlPlane;
  if (mode === 'Full') checkFull(count, openshiftVersion);
  else if (count !== 1) throw invalid('single-node clusters must have a single control plane node');
};

interface SingleNode {
  readonly high_availability_mode: HighAvailabilityMode;
  readonly vip_dhcp_allocation: boolean;
  readonly network_type: string;
}

/**
 * Checks what a single node rules out: versions before 4.8, VIPs by DHCP, OpenShiftSDN. That it needs user managed
 * networking is a rule of its platform.
 *
 * @throws InvalidInput
 */
export const checkSingleNode = (settings: SingleNode, openshiftVersion: string): void => {
  if (settings.high_availability_mode !== 'None') return;
  if (!isAtLeast(openshiftVersion, '4.8')) {
    throw invalid(
      `Invalid OCP version (${openshiftVersion}) for Single node, ` +
        'Single node OpenShift is supported for version 4.8 and above',
    );
  }
  if (settings.vip_dhcp_allocation) throw invalid('VIP DHCP Allocation cannot be enabled on single node OpenShift');
  if (settings.network_type === 'OpenShiftSDN') {
    throw invalid('OpenShiftSDN network type is not allowed in single node mode');
  }
};
