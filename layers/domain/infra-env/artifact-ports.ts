import type { ArtifactName, StoredArtifact } from './artifact.ts';
import type { MediaRequest } from './workflow-ports.ts';

export interface ArtifactFinder {
  readonly find: (key: string) => Promise<StoredArtifact | undefined>;
}

export interface ArtifactReader {
  /** The whole object; undefined when there is none. */
  readonly read: (key: string) => Promise<Uint8Array | undefined>;
}

export interface ArtifactWriter {
  /** Writes the object unless the key exists; true if this call wrote it. */
  readonly writeOnce: (key: string, bytes: Uint8Array) => Promise<boolean>;
  /** Removes one object, if it is there. */
  readonly remove: (key: string) => Promise<void>;
}

/** Removes what was generated for an infra-env. */
export interface ArtifactRemover {
  readonly removeAll: (infraEnvId: string) => Promise<void>;
}

/** A link to one object, for one method alone, and until when it works. */
export interface PresignedLink {
  readonly url: string;
  readonly expiresAt: Date;
}

export interface Links {
  /**
   * @param fileName the name under which a browser saves it
   * @param method GET, unless it is named
   */
  readonly presign: (key: string, fileName: string, method?: 'GET' | 'HEAD') => Promise<PresignedLink>;
}

/** One artifact of a revision. */
interface ArtifactRequest extends MediaRequest {
  readonly file: ArtifactName;
}

/**
 * Asks the ignition function for an artifact of a revision and waits for it.
 *
 * @param timeoutMs how long to wait; the generation goes on when the time is up
 * @returns `superseded` when the infra-env was changed or deleted meanwhile: there is no artifact of this revision
 * @throws GenerationPending when the time is up, else what the generation throws
 */
export type GenerateArtifact = (request: ArtifactRequest, timeoutMs: number) => Promise<'generated' | 'superseded'>;
