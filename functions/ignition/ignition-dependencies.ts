import type { Clusters, Manifests } from '#domain/cluster/cluster-ports.ts';
import type {
  CredentialStore,
  IgnitionValidator,
  InstallerProgram,
  InstallerSource,
  NetworkProgram,
  Workspaces,
} from '#domain/ignition/ignition-ports.ts';
import type { AgentSettings } from '#domain/ignition/standard/agent.ts';
import type { ArtifactFinder, ArtifactWriter } from '#domain/infra-env/artifact-ports.ts';
import type { InfraEnvs, PullSecretReader } from '#domain/infra-env/infra-env-ports.ts';
import type { Clock, Events, Logger, NewId } from '#domain/ports.ts';
import type { Releases } from '#domain/release/release-ports.ts';
import type { KnowInstaller } from './installer-profiles.ts';

/** What the use-case is built from; this function reads everything and writes artifacts and events. */
export interface Dependencies {
  readonly infraEnvs: Pick<InfraEnvs, 'get'>;
  readonly clusters: Pick<Clusters, 'get'>;
  /** Of clusters whose sites are installed from an ISO. */
  readonly manifests: Pick<Manifests, 'list' | 'read'>;
  readonly releases: Pick<Releases, 'get'>;
  readonly pullSecrets: PullSecretReader;
  readonly credentials: CredentialStore;
  /** Of installations that start by themselves: what one run of config-image has invented. */
  readonly siteCredentials: CredentialStore;
  readonly artifacts: ArtifactFinder & ArtifactWriter;
  readonly events: Pick<Events, 'add'>;
  readonly installers: InstallerSource;
  readonly knowInstaller: KnowInstaller;
  readonly program: InstallerProgram;
  readonly networkProgram: NetworkProgram;
  readonly ignitionValidator: IgnitionValidator;
  readonly workspaces: Workspaces;
  /** Absent where no service is known that hosts could report to. */
  readonly agent?: AgentSettings | undefined;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  /** How long getting and running the binary may take. */
  readonly timeoutSeconds: number;
}
