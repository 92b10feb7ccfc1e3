import type { ArtifactName, StoredArtifact } from './artifact.ts';
import type { ServiceEvent } from './event.ts';
import type { Release } from './release/release.ts';

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

export interface Releases {
  readonly all: () => Promise<readonly Release[]>;
  readonly get: (version: string) => Promise<Release | undefined>;
  readonly add: (release: Release) => Promise<void>;
}

/** Removes what was generated for an infra-env. */
export interface ArtifactRemover {
  readonly removeAll: (infraEnvId: string) => Promise<void>;
}

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

/** What the workflows are told; never a secret. */
export interface MediaRequest {
  readonly infraEnvId: string;
  readonly revision: number;
}

export interface TransitionRequest extends MediaRequest {
  readonly clusterId: string;
  readonly pullSecretId: string;
  /** When the completed infra-env goes if nobody changes it. */
  readonly expiresAt: number;
}

/** The workflow that makes what an infra-env will be asked for. */
export interface MediaWorkflow {
  /**
   * Starts `prepare-media` for a revision unless it was started already; does not wait for it. Another attempt, for what
   * has expired or failed since, is a start of its own.
   */
  readonly prepareMedia: (request: MediaRequest & { readonly attempt?: number }) => Promise<void>;
  /**
   * Whether `prepare-media` runs for a revision, further attempts aside. One that was started within the last second may
   * be overlooked.
   */
  readonly isPreparing: (request: MediaRequest) => Promise<boolean>;
}

export interface Workflows extends MediaWorkflow {
  /**
   * Runs `disconnected-transition` to its end.
   * @throws IllegalTransition, ClusterGone, RegistrationExpired
   */
  readonly markAsDisconnected: (request: TransitionRequest) => Promise<void>;
}

/** One artifact of a revision. */
export interface ArtifactRequest extends MediaRequest {
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

/** Why nmstate makes nothing of the network of one host; hosts count from 0. */
export interface NetworkFault {
  readonly host: number;
  readonly reason: string;
}

/**
 * Asks the ignition function what nmstate says of NMState documents, one per host, and waits for it.
 *
 * @param timeoutMs how long to wait
 * @throws NetworkProgramMissing; NetworkCheckUnavailable when the time is up
 */
export type JudgeNetworks = (documents: readonly string[], timeoutMs: number) => Promise<readonly NetworkFault[]>;

/** Fields are named one by one, never whole events or records. */
export interface Logger {
  readonly info: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
}
