import { invalid } from '../errors.ts';
import { isPrintable } from '../values/printable.ts';
import type { HighAvailabilityMode } from './control-plane.ts';

export type PlatformType = 'baremetal' | 'nutanix' | 'vsphere' | 'none' | 'external';

interface ExternalPlatform {
  readonly platform_name?: string;
  readonly cloud_controller_manager?: '' | 'External';
}

export interface Platform {
  readonly type: PlatformType;
  readonly external?: ExternalPlatform;
}

interface AskedPlatform {
  readonly platform?: Platform | undefined;
  readonly user_managed_networking?: boolean | undefined;
}

interface PlatformContext {
  readonly high_availability_mode: HighAvailabilityMode;
  /** Stored form, `multi` included. */
  readonly cpuArchitecture?: string | undefined;
}

export interface CompletePlatform {
  readonly platform: Platform;
  readonly user_managed_networking: boolean;
}

const forbidsUserManaged: readonly PlatformType[] = ['baremetal', 'nutanix'];
const needsUserManaged: readonly PlatformType[] = ['none', 'external'];

const checkExternal = ({ type, external }: Platform): void => {
  if (type !== 'external') {
    if (external?.platform_name === undefined && external?.cloud_controller_manager === undefined) return;
    throw invalid('External settings can only be set with external platform type');
  }
  if (external === undefined) throw invalid('External setting must be set when using platform type external');
  if (!external.platform_name) {
    throw invalid('Platform name must be set to a non-empty string when using platform type external');
  }
  if (!isPrintable(external.platform_name))
    throw invalid('Platform name must not have line ends or control characters');
};

const checkPair = ({ platform, user_managed_networking: userManaged }: AskedPlatform): void => {
  if (platform === undefined || userManaged === undefined) return;
  const clashes = (userManaged ? forbidsUserManaged : needsUserManaged).includes(platform.type);
  if (!clashes) return;
  throw invalid(
    `Can't set ${platform.type} platform with user-managed-networking ${userManaged ? 'enabled' : 'disabled'}`,
  );
};

const checkMainframe = ({ platform, user_managed_networking }: AskedPlatform, architecture: string): void => {
  if (user_managed_networking === false) {
    throw invalid(`Can't disable User Managed Networking on ${architecture} architecture`);
  }
  if (platform !== undefined && platform.type !== 'none') {
    throw invalid(`Can't set ${platform.type} platform on ${architecture} architecture`);
  }
};

const checkSingleNodePlatform = ({ platform, user_managed_networking }: AskedPlatform): void => {
  if (platform?.type === 'baremetal') throw invalid("Can't set baremetal platform on single node OpenShift");
  if (platform !== undefined && !needsUserManaged.includes(platform.type)) {
    throw invalid(`Single node cluster is not supported alongside ${platform.type} platform`);
  }
  if (user_managed_networking === false) {
    throw invalid("Can't disable user-managed-networking on single node OpenShift");
  }
};

const complete = ({ platform, user_managed_networking }: AskedPlatform, usual: PlatformType): CompletePlatform => {
  const type = platform?.type ?? (user_managed_networking ? 'none' : usual);
  return {
    // Clients send an empty `external` back that they were given with other platforms.
    platform: type === 'external' && platform !== undefined ? platform : { type },
    user_managed_networking: user_managed_networking ?? needsUserManaged.includes(type),
  };
};

/**
 * Completes platform and user managed networking, each from the other, and checks that they fit each other, the number
 * of nodes and the CPU (assisted-service API). What it returns, it also accepts and returns unchanged.
 *
 * @throws InvalidInput
 */
export const completePlatform = (asked: AskedPlatform, context: PlatformContext): CompletePlatform => {
  const { high_availability_mode: mode, cpuArchitecture } = context;
  checkPair(asked);
  if (asked.platform !== undefined) checkExternal(asked.platform);
  if (cpuArchitecture === 's390x' || cpuArchitecture === 'ppc64le') {
    checkMainframe(asked, cpuArchitecture);
    return complete(asked, 'none');
  }
  if (mode === 'Full') return complete(asked, 'baremetal');
  checkSingleNodePlatform(asked);
  return complete(asked, 'none');
};

interface CurrentPlatform {
  readonly platform?: Platform | undefined;
  readonly user_managed_networking?: boolean | undefined;
}

/** `baremetal` and `none` are the two that only user managed networking distinguishes. */
const followsNetworking = (platform: Platform | undefined): boolean =>
  platform === undefined || platform.type === 'baremetal' || platform.type === 'none';

/**
 * What a change asks for together with what stays. Of platform and user managed networking, the one that is not named
 * is left open where it merely follows from the other.
 */
export const askedWithCurrent = (asked: AskedPlatform, current: CurrentPlatform): AskedPlatform => {
  const networkingChanges =
    asked.user_managed_networking !== undefined && asked.user_managed_networking !== current.user_managed_networking;
  const platformChanges = asked.platform !== undefined && asked.platform.type !== current.platform?.type;
  return {
    platform:
      asked.platform ?? (networkingChanges && followsNetworking(current.platform) ? undefined : current.platform),
    user_managed_networking:
      asked.user_managed_networking ??
      (platformChanges && followsNetworking(current.platform) && followsNetworking(asked.platform)
        ? undefined
        : current.user_managed_networking),
  };
};
