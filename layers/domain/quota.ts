import type { Owner } from './owner.ts';

/** What each user may keep so many of. */
export type QuotaSubject = 'cluster' | 'infra-env';

export interface RecordQuota {
  /**
   * Counts one more record of the owner, before anything of it is stored.
   *
   * @throws QuotaReached when the owner has as many as each user may have
   */
  readonly take: (subject: QuotaSubject, owner: Owner) => Promise<void>;
}

/** The owner has begun as many compositions in this hour as each user may. */
export interface Postponement {
  /** When the next hour begins: ISO 8601 with milliseconds, UTC. */
  readonly until: string;
  /** How many each user may begin in an hour. */
  readonly limit: number;
}
