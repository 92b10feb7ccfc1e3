import type { EventName } from '#domain/event.ts';
import type { Redaction } from '#domain/ignition/redaction.ts';
import type { ArtifactName } from '#domain/infra-env/artifact.ts';
import type { ImageType } from '#domain/infra-env/image-type.ts';
import { type InfraEnv, secretOf } from '#domain/infra-env/infra-env.ts';
import type { Dependencies } from './ignition-dependencies.ts';

/** One artifact that is being made. */
export interface Generation {
  /** Without hosts that are still to be filled in: no artifact has any of them. */
  readonly infraEnv: InfraEnv;
  /** With them: where a site is described, a host that names no MAC address is found by its place among all. */
  readonly stored: InfraEnv;
  readonly file: ArtifactName;
  readonly redaction: Redaction;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMs: () => number;
}

/** The event about an artifact that was made. */
interface Announcement {
  readonly name: EventName;
  readonly properties: Readonly<Record<string, string | number>>;
}

/** What was found out about an artifact before it is made. */
export interface Preparation {
  /** Gives the bytes; undefined when the pull secret is no longer there. */
  readonly make: () => Promise<Uint8Array | undefined>;
  readonly announcement?: Announcement;
  /** What is taken on site and still may not do there what is meant, besides the infra-env's own settings. */
  readonly doubts?: () => Promise<readonly string[]>;
}

/** How one kind of artifact is made. */
export interface Recipe {
  /** Types of infra-envs that have it. */
  readonly types: readonly ImageType[];
  /** Whether its failures are recorded in an event; otherwise only the caller learns of them. */
  readonly recordsFailures: boolean;
  /** Looks at what the infra-env depends on; also for an artifact that is there. @throws what keeps it from being had */
  readonly prepare: (dependencies: Dependencies, generation: Generation) => Promise<Preparation>;
}

/** undefined when it was replaced, or deleted with its infra-env, since the infra-env was read. */
export const loadPullSecret = async (
  { pullSecrets }: Dependencies,
  { infraEnv, redaction }: Generation,
): Promise<string | undefined> => {
  const pullSecret = await pullSecrets.read(secretOf(infraEnv));
  if (pullSecret !== undefined) redaction.learn(pullSecret);
  return pullSecret;
};
