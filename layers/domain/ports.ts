import type { ServiceEvent } from './event.ts';

export type Clock = () => Date;

/** A new random UUID, version 4, lower case. */
export type NewId = () => string;

export interface Events {
  /** Writing an event of the same id again changes nothing. */
  readonly add: (event: ServiceEvent) => Promise<void>;
  /** Oldest first. */
  readonly ofCluster: (clusterId: string) => Promise<readonly ServiceEvent[]>;
  readonly ofInfraEnv: (infraEnvId: string) => Promise<readonly ServiceEvent[]>;
}

/** Fields are named one by one, never whole events or records. */
export interface Logger {
  readonly info: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
}
