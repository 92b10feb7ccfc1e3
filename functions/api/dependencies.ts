import type {
  ArtifactRemover,
  Clock,
  Clusters,
  Events,
  InfraEnvs,
  Logger,
  NewId,
  PullSecretKeeper,
  Releases,
  Workflows,
} from '#domain/ports.ts';

/** What the use-cases of the api function work with. */
export interface Dependencies {
  readonly clusters: Clusters;
  readonly infraEnvs: InfraEnvs;
  readonly events: Events;
  readonly releases: Releases;
  readonly pullSecrets: PullSecretKeeper;
  readonly artifacts: ArtifactRemover;
  readonly workflows: Workflows;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
}
