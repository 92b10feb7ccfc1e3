import type { Postponement } from '../quota.ts';

interface Beginning {
  readonly infraEnvId: string;
  /** Of the infra-env that the ISO is for. */
  readonly revision: number;
  /** Seconds since 1970; with its infra-env. */
  readonly expiresAt: number;
}

/** A multipart upload under way. */
export interface ComposingIso extends Beginning {
  readonly state: 'composing';
  readonly key: string;
  readonly uploadId: string;
  /** Key of the base ISO that it is made of. */
  readonly baseKey: string;
  /** How many parts it will have. */
  readonly parts: number;
  /** ISO 8601 with milliseconds, UTC. */
  readonly startedAt: string;
}

export interface ReadyIso extends Beginning {
  readonly state: 'ready';
  readonly key: string;
}

interface FailedIso extends Beginning {
  readonly state: 'failed';
  /** For a person; nothing secret. */
  readonly reason: string;
  readonly failedAt: string;
}

interface PostponedIso extends Beginning, Postponement {
  readonly state: 'postponed';
}

/** How far the ISO of an infra-env is: one record each, which the latest composition writes. */
export type IsoRecord = ComposingIso | ReadyIso | FailedIso | PostponedIso;
