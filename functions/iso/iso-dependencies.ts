import type {
  BaseIsoReader,
  CompositionQuota,
  IsoObjects,
  IsoRecords,
  IsoUploads,
} from '#domain/composition/composition-ports.ts';
import type { ArtifactFinder, ArtifactReader } from '#domain/infra-env/artifact-ports.ts';
import type { InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
import type { Clock, Events, Logger, NewId } from '#domain/ports.ts';
import type { Releases } from '#domain/release/release-ports.ts';

/** What the steps of a composition work with. */
export interface Dependencies {
  readonly infraEnvs: Pick<InfraEnvs, 'get'>;
  readonly releases: Pick<Releases, 'get'>;
  readonly artifacts: ArtifactFinder & ArtifactReader;
  readonly baseIsos: BaseIsoReader;
  readonly uploads: IsoUploads;
  readonly objects: IsoObjects;
  readonly records: IsoRecords;
  readonly quota: CompositionQuota;
  readonly events: Pick<Events, 'add'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
}
