import type { CpuArchitecture } from '../architecture.ts';
import type { IsoLayout } from './iso-layout.ts';

const products = ['rhcos-', 'scos-', 'fedora-coreos-'] as const;

export const isCoreOs = (volumeId: string): boolean => products.some((product) => volumeId.startsWith(product));

/**
 * The minor version of OpenShift that a volume id names: `4.16` of `rhcos-416.94.202404301731-0`. Builds since 4.19, such as
 * `rhcos-9.6.20250826-1`, name the version of RHEL alone and are shared by several versions: undefined.
 */
export const openShiftOf = (volumeId: string): string | undefined => {
  const minor = /^(?:rhcos|scos)-4(\d{1,2})\.\d+\.\d{12}-\d+$/.exec(volumeId)?.[1];
  return minor === undefined ? undefined : `4.${minor}`;
};

interface Expected {
  /** `x.y.z` with an optional pre-release part, or `x.y`. */
  readonly version: string;
  /** Of the hosts that the release serves. */
  readonly cpuArchitectures: readonly CpuArchitecture[];
}

/** Why an image is not one of a release, as far as its volume id shows; undefined when nothing speaks against it. */
export const mismatch = (
  { volumeId, architecture }: Pick<IsoLayout, 'volumeId' | 'architecture'>,
  { version, cpuArchitectures }: Expected,
): string | undefined => {
  if (architecture !== undefined && !cpuArchitectures.includes(architecture)) {
    return `the ISO is for ${architecture}, not for ${cpuArchitectures.join(', ')}`;
  }
  const named = openShiftOf(volumeId);
  // A pre-release may still come with the CoreOS of the version before it.
  const isComparable = named !== undefined && !version.includes('-');
  return isComparable && !`${version}.`.startsWith(`${named}.`)
    ? `the ISO (${volumeId}) is of OpenShift ${named}, not of ${version}`
    : undefined;
};
