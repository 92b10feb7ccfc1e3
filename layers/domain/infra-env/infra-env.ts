import type { CpuArchitecture } from '../architecture.ts';
import type { Owner } from '../owner.ts';
import type { ReleaseArchitecture } from '../release/payload.ts';
import type { ImageType } from './image-type.ts';
import type { InfraEnvSettings } from './infra-env-settings.ts';

/** The settings of one ISO, bound to a cluster. */
export interface InfraEnv {
  readonly id: string;
  readonly owner: Owner;
  /** Counts the writes; every change is conditional on it. */
  readonly version: number;
  /** Counts the changes that alter the artifacts; part of an artifact's key. Starts at 1. */
  readonly revision: number;
  /** `registering` until the workflow has completed the registration; invisible to every caller while it lasts. */
  readonly registration: 'registering' | 'registered';
  readonly name: string;
  readonly type: ImageType;
  readonly clusterId?: string;
  /** Exact version of the cluster; unbound: of the release that was named or is the newest; absent if none is known. */
  readonly openshiftVersion?: string;
  readonly cpuArchitecture: CpuArchitecture;
  /** With the version, names its release; absent where none was known, or a former version of the service has stored it. */
  readonly releaseArchitecture?: ReleaseArchitecture;
  /** Names the stored secret; a new secret gets a new id, so that secret and revision change in one write. */
  readonly pullSecretId: string;
  /** Counts the signing keys of its image tokens; absent: 1. */
  readonly imageKeyVersion?: number;
  readonly settings: InfraEnvSettings;
  /** Tells apart the sites that its revisions are for; absent where a person enters everything on site. */
  readonly siteDigest?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Seconds since 1970; see Cluster. */
  readonly expiresAt: number;
}

/** Which pull secret, and whose: all of it is bound to the ciphertext. A stored secret is never overwritten. */
export interface SecretSubject {
  readonly infraEnvId: string;
  readonly pullSecretId: string;
  readonly userName: string;
}

/** Which stored pull secret is the infra-env's, and whose. */
export const secretOf = ({ id, pullSecretId, owner }: InfraEnv): SecretSubject => ({
  infraEnvId: id,
  pullSecretId,
  userName: owner.userName,
});

/** An infra-env that nobody changes for so long is given up (20 days). */
export const infraEnvIdleSeconds = 20 * 24 * 60 * 60;

/** A registration that was not completed by then never will be (15 minutes; the workflow gives up after 5). */
export const registrationSeconds = 15 * 60;
