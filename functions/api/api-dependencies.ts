import type { StatusNaming } from '#contract/cluster-status.ts';
import type { Clusters, Manifests, UiSettings } from '#domain/cluster/cluster-ports.ts';
import type { MediaAttempts } from '#domain/composition/composition-ports.ts';
import type { ArtifactRemover } from '#domain/infra-env/artifact-ports.ts';
import type { InfraEnvs, JudgeSettings, LinkToImage, PullSecretKeeper } from '#domain/infra-env/infra-env-ports.ts';
import type { Workflows } from '#domain/infra-env/workflow-ports.ts';
import type { ReadAdminFiles } from '#domain/installation/site-credentials.ts';
import type { Clock, Events, Logger, NewId } from '#domain/ports.ts';
import type { RecordQuota } from '#domain/quota.ts';
import type { Releases } from '#domain/release/release-ports.ts';
import type { PageDependencies } from './page-operations.ts';

/** What the use-cases of the api function work with. */
export interface Dependencies {
  readonly clusters: Clusters;
  readonly infraEnvs: InfraEnvs;
  readonly events: Events;
  readonly uiSettings: UiSettings;
  readonly manifests: Manifests;
  readonly releases: Releases;
  readonly quota: RecordQuota;
  readonly pullSecrets: PullSecretKeeper;
  readonly artifacts: ArtifactRemover;
  readonly workflows: Workflows;
  readonly mediaAttempts: Pick<MediaAttempts, 'latest'>;
  readonly readAdminFiles: ReadAdminFiles;
  readonly judgeSettings: JudgeSettings;
  readonly linkToImage: LinkToImage;
  readonly page: PageDependencies;
  readonly statusNaming: StatusNaming;
  /** `x.y.z` */
  readonly serviceVersion: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
}
