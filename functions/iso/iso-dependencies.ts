import type { InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
import type { BaseIsoReader, IsoObjects, IsoRecords, IsoUploads } from '#domain/iso/iso-ports.ts';
import type { ArtifactFinder, ArtifactReader, Clock, Events, Logger, NewId, Releases } from '#domain/ports.ts';

/** What the steps of a composition work with. */
export interface Dependencies {
  readonly infraEnvs: Pick<InfraEnvs, 'get'>;
  readonly releases: Pick<Releases, 'get'>;
  readonly artifacts: ArtifactFinder & ArtifactReader;
  readonly baseIsos: BaseIsoReader;
  readonly uploads: IsoUploads;
  readonly objects: IsoObjects;
  readonly records: IsoRecords;
  readonly events: Pick<Events, 'add'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
}
