/** A generated file in S3: where it lies and when it was written. */
export interface StoredArtifact {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
}

interface Revision {
  readonly id: string;
  readonly revision: number;
}

/** Everything that was generated for an infra-env lies under this prefix. */
export const artifactPrefix = (infraEnvId: string): string => `infra-envs/${infraEnvId}/`;

/** The discovery.ign of one revision: one key, written once. */
export const ignitionKey = ({ id, revision }: Revision): string => `${artifactPrefix(id)}${revision}/discovery.ign`;
