import type { StoredArtifact } from './artifact.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { ServiceEvent } from './event.ts';
import type { InfraEnv } from './infra-env/infra-env.ts';
import type { Owner } from './owner.ts';
import type { Release } from './release/release.ts';

export type Clock = () => Date;

/** A new random UUID, version 4, lower case. */
export type NewId = () => string;

/** Reads are strongly consistent and never return an expired item. */
export interface Clusters {
  readonly add: (cluster: Cluster) => Promise<void>;
  /** Also returns a deleted cluster while its tombstone lasts: `deletedAt` tells. */
  readonly get: (id: string) => Promise<Cluster | undefined>;
  /** Live clusters, oldest first. */
  readonly ofOwner: (owner: Owner) => Promise<readonly Cluster[]>;
  /**
   * Writes everything but the status.
   * @throws StaleVersion unless the stored version is one less than the given one.
   */
  readonly save: (cluster: Cluster) => Promise<void>;
  /** Turns the cluster into a tombstone. @throws StaleVersion */
  readonly bury: (cluster: Cluster) => Promise<void>;
  /** Moves the end of the cluster's life to a later moment; an earlier one changes nothing. */
  readonly extend: (id: string, expiresAt: number) => Promise<void>;
}

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
  /** Removes the infra-env; true if this call removed it. */
  readonly remove: (id: string) => Promise<boolean>;
}

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

/** Which pull secret, and whose: all of it is bound to the ciphertext. A stored secret is never overwritten. */
export interface SecretSubject {
  readonly infraEnvId: string;
  readonly pullSecretId: string;
  readonly userName: string;
}

/** The half that encrypts: for the function that takes a pull secret from a caller. */
export interface PullSecretKeeper {
  readonly store: (secret: SecretSubject & { pullSecret: string; expiresAt: number }) => Promise<void>;
  /** Moves the end of a stored secret's life. */
  readonly extend: (secret: SecretSubject & { expiresAt: number }) => Promise<void>;
  readonly remove: (secret: SecretSubject) => Promise<void>;
}

/** The half that decrypts: for the ignition function alone. */
export interface PullSecretReader {
  /** undefined when none is stored. */
  readonly read: (subject: SecretSubject) => Promise<string | undefined>;
}

/** Removes what was generated for an infra-env. */
export interface ArtifactRemover {
  readonly removeAll: (infraEnvId: string) => Promise<void>;
}

export interface ArtifactFinder {
  readonly find: (key: string) => Promise<StoredArtifact | undefined>;
}

export interface ArtifactWriter {
  /** Writes the object unless the key exists; true if this call wrote it. */
  readonly writeOnce: (key: string, bytes: Uint8Array) => Promise<boolean>;
  /** Removes one object, if it is there. */
  readonly remove: (key: string) => Promise<void>;
}

/** A link to one object, for GET alone, and until when it works. */
export interface PresignedLink {
  readonly url: string;
  readonly expiresAt: Date;
}

export interface Links {
  /** @param fileName the name under which a browser saves it */
  readonly presign: (key: string, fileName: string) => Promise<PresignedLink>;
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

export interface Workflows {
  /**
   * Runs `disconnected-transition` to its end.
   * @throws IllegalTransition, ClusterGone, RegistrationExpired
   */
  readonly markAsDisconnected: (request: TransitionRequest) => Promise<void>;
  /** Starts `prepare-media` for a revision unless it was started already; does not wait for it. */
  readonly prepareMedia: (request: MediaRequest) => Promise<void>;
}

/**
 * Asks the ignition function for a revision's discovery.ign and waits for it.
 *
 * @param timeoutMs how long to wait; the generation goes on when the time is up
 * @returns `superseded` when the infra-env was changed or deleted meanwhile: there is no artifact of this revision
 * @throws GenerationPending when the time is up, else what the generation throws
 */
export type GenerateIgnition = (request: MediaRequest, timeoutMs: number) => Promise<'generated' | 'superseded'>;

/** Fields are named one by one, never whole events or records. */
export interface Logger {
  readonly info: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
}

/** The clusters that the monitor still has to look at; disconnected and unmonitored ones are not among them. */
export interface MonitoredClusters {
  /** Ids of the shard's clusters that are due, longest overdue first. */
  readonly due: (shard: string, at: Date) => Promise<readonly string[]>;
  /** Saves a refreshed cluster and when it is due again. @throws StaleVersion also when it is monitored no longer */
  readonly saveRefreshed: (cluster: Cluster, dueAt: Date) => Promise<void>;
}
