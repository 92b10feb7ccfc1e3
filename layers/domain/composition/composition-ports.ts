import type { InfraEnv } from '../infra-env/infra-env.ts';
import type { Extent } from '../iso/image.ts';
import type { Postponement } from '../quota.ts';
import type { BaseIso } from '../release/release.ts';
import type { IsoRecord } from './iso-record.ts';

/** How far the ISOs of infra-envs are. */
export interface IsoRecords {
  readonly get: (infraEnvId: string) => Promise<IsoRecord | undefined>;
  readonly put: (record: IsoRecord) => Promise<void>;
}

/**
 * Which attempt at `prepare-media` was the latest for a revision. It only says where to look: two that start the same attempt
 * start one execution, by its name.
 */
export interface MediaAttempts {
  /** 0 when nothing is known. */
  readonly latest: (infraEnv: InfraEnv) => Promise<number>;
  readonly put: (infraEnv: InfraEnv, attempt: number) => Promise<void>;
}

export interface CompositionQuota {
  /**
   * Counts the composition of this revision for its owner, in one hour once however often it is begun.
   *
   * @returns undefined when it may begin
   */
  readonly begin: (infraEnv: Pick<InfraEnv, 'id' | 'revision' | 'owner'>) => Promise<Postponement | undefined>;
}

export interface BaseIsoReader {
  /** `length` bytes from `offset` on. @throws Error when another object lies there by now */
  readonly read: (baseIso: BaseIso, place: Extent) => Promise<Uint8Array>;
  /** Whether the object is the one that the release names. */
  readonly isThere: (baseIso: BaseIso) => Promise<boolean>;
}

/** A multipart upload of a composed ISO. */
export interface IsoUpload {
  readonly key: string;
  readonly uploadId: string;
}

export interface StoredPart {
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  /** Base64; absent in an upload that was begun without checksums. */
  readonly crc32?: string;
}

export interface IsoParts {
  /** In the order of their numbers; undefined when there is no such upload any more. */
  readonly list: (upload: IsoUpload) => Promise<readonly StoredPart[] | undefined>;
}

export interface IsoUploads extends IsoParts {
  readonly put: (upload: IsoUpload, part: { number: number; bytes: Uint8Array }) => Promise<void>;
  /** Ends the upload. Only the object shows whether it was there to be completed. */
  readonly complete: (upload: IsoUpload, parts: readonly StoredPart[]) => Promise<void>;
}

/** Composed ISOs as objects. */
export interface IsoObjects {
  /** Removes every ISO of the infra-env but that of one key. */
  readonly removeOthers: (infraEnvId: string, kept: string | undefined) => Promise<void>;
}
