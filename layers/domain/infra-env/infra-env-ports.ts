import type { Owner } from '../owner.ts';
import type { InfraEnv, SecretSubject } from './infra-env.ts';

/** Reads are strongly consistent and never return an expired or unfinished item; the lists come from indexes. */
export interface InfraEnvs {
  /** An infra-env that is `registering` is invisible until the workflow completes it. */
  readonly add: (infraEnv: InfraEnv) => Promise<void>;
  readonly get: (id: string) => Promise<InfraEnv | undefined>;
  readonly ofOwner: (owner: Owner) => Promise<readonly InfraEnv[]>;
  readonly ofCluster: (clusterId: string) => Promise<readonly InfraEnv[]>;
  /** @throws StaleVersion unless the stored version is one less than the given one. */
  readonly save: (infraEnv: InfraEnv) => Promise<void>;
  /** Tells every infra-env of a deleted cluster, also an unfinished one, that its cluster is gone and when it goes. */
  readonly orphan: (clusterId: string, gone: { deletedAt: string; expiresAt: number }) => Promise<void>;
  /** Removes the infra-env, if it is there. */
  readonly remove: (id: string) => Promise<void>;
}

/** The half that encrypts: for the function that takes a pull secret from a caller. */
export interface PullSecretKeeper {
  readonly store: (secret: SecretSubject & { pullSecret: string; expiresAt: number }) => Promise<void>;
  /** Moves the end of a stored secret's life, and of what is kept beside it. */
  readonly extend: (secret: SecretSubject & { expiresAt: number }) => Promise<void>;
  readonly remove: (secret: SecretSubject) => Promise<void>;
  /** Removes every secret of the infra-env, whichever of them the subject names, and what is kept beside them. */
  readonly removeAll: (secret: SecretSubject) => Promise<void>;
}

/** The half that decrypts: for the ignition function alone. */
export interface PullSecretReader {
  /** undefined when none is stored. */
  readonly read: (subject: SecretSubject) => Promise<string | undefined>;
}

/** A token that opens what belongs to one infra-env, and until when. */
interface ImageToken {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface ImageTokens {
  /** The same token for hours; another one once the infra-env's signing key was counted up. */
  readonly issue: (infraEnv: InfraEnv) => Promise<ImageToken>;
  /** The infra-env that the token is of; undefined for whatever is not, or no longer, a token. */
  readonly open: (token: string) => Promise<InfraEnv | undefined>;
}

/** The URL of an infra-env's image, and until when it works; without an end it works as long as the infra-env lives. */
export interface ImageLink {
  readonly url: string;
  readonly expiresAt?: Date;
  /** Bytes of the image, where they are known. */
  readonly size?: number;
}

/**
 * @param origin `https://host` under which the caller has reached the API
 * @returns undefined where there is no ISO of the infra-env's type, or while its version is not known
 */
export type LinkToImage = (infraEnv: InfraEnv, origin: string) => Promise<ImageLink | undefined>;

/** Why nmstate makes nothing of the network of one host; hosts count from 0. */
export interface NetworkFault {
  readonly host: number;
  readonly reason: string;
}

/** What is judged by programs that only the ignition function has. */
export interface SettingsToJudge {
  /** NMState documents, one per host. */
  readonly networks: readonly string[];
  /** An Ignition config as JSON text. */
  readonly override?: string | undefined;
}

export interface SettingsFaults {
  readonly networks: readonly NetworkFault[];
  /** What Ignition has against the override; absent where it takes it, or there is none. */
  readonly override?: string | undefined;
}

/**
 * Asks the ignition function what nmstate and Ignition say of settings, and waits for it.
 *
 * @param timeoutMs how long to wait
 * @throws NetworkProgramMissing; SettingsCheckUnavailable when the time is up
 */
export type JudgeSettings = (settings: SettingsToJudge, timeoutMs: number) => Promise<SettingsFaults>;
