import type { Site } from '../site.ts';

/** One reason why an installation would not get as far as a running cluster. */
export interface Fault {
  /** As the caller's API names it, e.g. `hosts[1].mac_addresses`. */
  readonly field: string;
  readonly problem: string;
}

export type Judge = (site: Site) => readonly Fault[];

export const fault = (field: string, problem: string): Fault => ({ field, problem });

/** A fault where something is wrong; for lists of rules. */
export const faultIf = (isWrong: boolean, field: string, problem: string): readonly Fault[] =>
  isWrong ? [fault(field, problem)] : [];
