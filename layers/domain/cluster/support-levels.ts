import type { Release } from '../release/release.ts';
import { findRelease, isVersion } from '../release/resolve.ts';
import { isAccepted } from './acceptance.ts';
import type { AskedSettings } from './asked-settings.ts';
import { registeredSettings } from './cluster-registration.ts';
import { platformTypes } from './cluster-setting-shapes.ts';
import { clusterFeatures, otherFeatures, platformFeatures, platformOf } from './feature-catalogue.ts';
import type { Platform, PlatformType } from './platform.ts';

/** This service knows no shades: what a registration takes is supported. */
type SupportLevel = 'supported' | 'unavailable';
type SupportLevels = Readonly<Record<string, SupportLevel>>;

export interface SupportQuestion {
  readonly releases: readonly Release[];
  readonly openshiftVersion: string;
  /** A CPU architecture or `multi`. */
  readonly cpuArchitecture: string;
  /** Absent: on any. */
  readonly platformType?: PlatformType | undefined;
  /** Of platform type `external`. */
  readonly externalPlatformName?: string | undefined;
}

const platformsOf = ({ platformType, externalPlatformName }: SupportQuestion): readonly Platform[] =>
  (platformType === undefined ? platformTypes : [platformType]).map((type) => platformOf(type, externalPlatformName));

/** What a feature may depend on beside the platform: several nodes or one. */
const sizes: readonly AskedSettings[] = [{}, { control_plane_count: 1 }];

type Accepts = (asked: AskedSettings) => boolean;

/** Whether `POST /v2/clusters` takes what is asked of the question's release: the same rules, nothing beside them. */
const acceptanceOf = ({ releases, openshiftVersion, cpuArchitecture }: SupportQuestion): Accepts => {
  if (!isVersion(openshiftVersion)) return () => false;
  const release = findRelease(releases, { openshiftVersion, cpuArchitecture });
  if (release === undefined) return () => false;
  return (asked) => isAccepted(() => registeredSettings({ asked, release, requestedArchitecture: cpuArchitecture }));
};

/** On one of the platforms, with several nodes or one. */
const acceptedOn = (platforms: readonly Platform[], accepts: Accepts, asks: AskedSettings): boolean =>
  platforms.some((platform) => sizes.some((size) => accepts({ ...size, platform, ...asks })));

const levelOf = (isSupported: boolean): SupportLevel => (isSupported ? 'supported' : 'unavailable');

/** Whether some cluster of that version, architecture and, if given, platform may ask for the settings. */
export const isSupported = (question: SupportQuestion, asks: AskedSettings): boolean =>
  acceptedOn(platformsOf(question), acceptanceOf(question), asks);

const levelsOf = <Row>(rows: Readonly<Record<string, Row>>, judge: (row: Row) => boolean): SupportLevels =>
  Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, levelOf(judge(row))]));

/**
 * The level of every feature of the published API for clusters of that version and architecture: `supported` exactly if
 * a registration that uses it is accepted. With a platform, the features that are platforms are left out, as in the
 * published API. Where no release is known for version and architecture, nothing is available.
 */
export const featureLevels = (question: SupportQuestion): SupportLevels => {
  const accepts = acceptanceOf(question);
  const platforms = platformsOf(question);
  const asked = levelsOf(clusterFeatures, ({ asks, platforms: only }) =>
    acceptedOn(
      platforms.filter(({ type }) => only?.includes(type) ?? true),
      accepts,
      asks,
    ),
  );
  const onPlatforms = levelsOf(platformFeatures, (platform) => acceptedOn([platform], accepts, {}));
  return {
    ...asked,
    ...(question.platformType === undefined ? onPlatforms : {}),
    ...levelsOf(otherFeatures, (isOffered) => isOffered && accepts({})),
  };
};

const architectureIds = {
  X86_64_ARCHITECTURE: 'x86_64',
  ARM64_ARCHITECTURE: 'arm64',
  PPC64LE_ARCHITECTURE: 'ppc64le',
  S390X_ARCHITECTURE: 's390x',
  MULTIARCH_RELEASE_IMAGE: 'multi',
} as const;

/** The level of every architecture: `supported` exactly if a cluster of that version can be registered with it. */
export const architectureLevels = (question: Omit<SupportQuestion, 'cpuArchitecture'>): SupportLevels =>
  levelsOf(architectureIds, (cpuArchitecture) => isSupported({ ...question, cpuArchitecture }, {}));
