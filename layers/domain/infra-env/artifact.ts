import type { ImageType } from './image-type.ts';

/** A generated file in S3: where it lies and when it was written. */
export interface StoredArtifact {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
}

/** After so many days S3 removes an artifact; the next download generates it again. */
export const artifactDays = 7;

const dayMs = 24 * 60 * 60_000;

/** Until when an artifact that was written at this moment is there at least: S3 counts whole days, up to midnight UTC. */
export const artifactEnd = (writtenAt: Date): Date =>
  new Date(Math.ceil((writtenAt.getTime() + artifactDays * dayMs) / dayMs) * dayMs);

interface Revision {
  readonly id: string;
  readonly revision: number;
}

/** Everything that was generated for an infra-env lies under this prefix. */
export const artifactPrefix = (infraEnvId: string): string => `infra-envs/${infraEnvId}/`;

/** What is made for an infra-env, by the names under which it is kept. */
export const artifactNames = [
  'discovery.ign',
  'ignition.img',
  'config.iso',
  'full-iso.ign',
  'minimal-iso.ign',
  'static-network-config.tar',
  'minimal-initrd.img',
] as const;
export type ArtifactName = (typeof artifactNames)[number];

/** One artifact of one revision: one key, written once. */
export const artifactKey = ({ id, revision }: Revision, name: ArtifactName): string =>
  `${artifactPrefix(id)}${revision}/${name}`;

/** The ignition of an infra-env of type disconnected-iso. */
export const ignitionKey = (infraEnv: Revision): string => artifactKey(infraEnv, 'discovery.ign');

const ignitionNames = {
  'disconnected-iso': 'discovery.ign',
  'full-iso': 'full-iso.ign',
  'minimal-iso': 'minimal-iso.ign',
} as const satisfies Record<ImageType, ArtifactName>;

/** The ignition that an ISO of the type boots with; to a client it is always discovery.ign. */
export const ignitionName = (type: ImageType): ArtifactName => ignitionNames[type];
