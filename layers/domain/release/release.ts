import type { CpuArchitecture } from '../architecture.ts';
import type { IsoLayout } from '../iso/iso-layout.ts';
import type { InstallerProfile } from './installer-profile.ts';
import type { ReleaseArchitecture } from './payload.ts';

export const supportLevels = ['beta', 'production', 'maintenance', 'end-of-life'] as const;
export type SupportLevel = (typeof supportLevels)[number];

/** How the installer's bytes are kept in the releases bucket; named as in HTTP's Content-Encoding. */
export const installerEncodings = ['identity', 'gzip', 'zstd'] as const;
export type InstallerEncoding = (typeof installerEncodings)[number];

/**
 * What vouches for the installer: `signed`, the release key's signature on the mirror's checksums; `unsigned`, those
 * checksums alone; `file`, the operator who had it at hand; `release-image`, the registry that `oc` took it from.
 */
const provenances = ['signed', 'unsigned', 'file', 'release-image'] as const;
export type Provenance = (typeof provenances)[number];

/** The `openshift-install` binary (for linux/amd64 hosts) of one release, in the releases bucket. */
export interface InstallerArtifact {
  readonly key: string;
  /** Lower-case hex SHA-256 of the decoded binary. */
  readonly sha256: string;
  /** Bytes of the decoded binary. */
  readonly size: number;
  readonly encoding: InstallerEncoding;
  /** Absent when it was not examined when it was added: then it is at its first use. */
  readonly profile?: InstallerProfile;
}

/** The OVE ISO of a release as its makers published it, in the releases bucket. */
export interface BaseIso {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** As S3 gives it, quotes included; a composition copies from the object with this one only. */
  readonly etag: string;
  /** CRC-32 of the whole, as S3 gives it: base64. Absent where S3 copied it, and in earlier records. */
  readonly crc32?: string;
  readonly layout: IsoLayout;
  /** ISO 8601 with milliseconds, UTC. */
  readonly addedAt: string;
}

/** What an operator says of a release instead of the tables by release lines, for sites that get settings. */
export interface StatedFacts {
  readonly featureGates?: readonly string[];
  /** That its ISO carries beside those of the table. */
  readonly operators?: readonly string[];
}

/** An OpenShift version for the hosts of one architecture, or of all of them, with its installer. */
export interface Release extends StatedFacts {
  /** `x.y.z` with an optional pre-release part, as the binary prints it. */
  readonly version: string;
  /** Architectures of the hosts that the release image serves. */
  readonly cpuArchitectures: readonly CpuArchitecture[];
  /** Pull specification, as the binary prints it. */
  readonly releaseImage: string;
  readonly supportLevel: SupportLevel;
  readonly provenance: Provenance;
  readonly installer: InstallerArtifact;
  /** Absent until an operator has added it. */
  readonly baseIso?: BaseIso;
  /** ISO 8601 with milliseconds, UTC. */
  readonly addedAt: string;
}

/** What outlives another installer of the same release: its ISO, and what an operator has stated. */
export const keptFacts = ({ baseIso, featureGates, operators }: Partial<Release> = {}) => ({
  ...(baseIso === undefined ? {} : { baseIso }),
  ...(featureGates === undefined ? {} : { featureGates }),
  ...(operators === undefined ? {} : { operators }),
});

export const isMultiArchitecture = (release: Pick<Release, 'cpuArchitectures'>): boolean =>
  release.cpuArchitectures.length > 1;

/** With the version, what no two releases have in common. */
export const architectureOf = (release: Pick<Release, 'cpuArchitectures'>): ReleaseArchitecture => {
  const [only = 'multi'] = release.cpuArchitectures;
  return isMultiArchitecture(release) ? 'multi' : only;
};

/** Names a release in a line for an operator: `4.20.3`, or `4.20.3 for arm64` where its hosts are not the usual ones. */
export const releaseName = (release: Pick<Release, 'version' | 'cpuArchitectures'>): string => {
  const architecture = architectureOf(release);
  return architecture === 'x86_64' ? release.version : `${release.version} for ${architecture}`;
};
