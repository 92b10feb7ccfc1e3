import type { ArtifactName, StoredArtifact } from './artifact.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { ManifestPath } from './cluster/manifest.ts';
import type { ServiceEvent } from './event.ts';
import type { InfraEnv } from './infra-env/infra-env.ts';
import type { Extent } from './iso/image.ts';
import type { IsoRecord } from './iso/iso-record.ts';
import type { Owner } from './owner.ts';
import type { BaseIso, Release } from './release/release.ts';

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
  /** Moves the end of the cluster's life and of its UI settings to a later moment; an earlier one changes nothing. */
  readonly extend: (id: string, expiresAt: number) => Promise<void>;
}

/** What a user interface keeps for a cluster; it means nothing to this service. It lives as long as its cluster. */
export interface UiSettings {
  readonly get: (clusterId: string) => Promise<string | undefined>;
  readonly put: (settings: { clusterId: string; text: string; expiresAt: number }) => Promise<void>;
  readonly remove: (clusterId: string) => Promise<void>;
}

/** The manifests that users give for clusters. The last writer of a path wins. */
export interface Manifests {
  readonly list: (clusterId: string) => Promise<readonly ManifestPath[]>;
  readonly read: (clusterId: string, path: ManifestPath) => Promise<Uint8Array | undefined>;
  readonly write: (clusterId: string, path: ManifestPath, content: Uint8Array) => Promise<void>;
  /** Removes one manifest, if it is there. */
  readonly remove: (clusterId: string, path: ManifestPath) => Promise<void>;
  readonly removeAll: (clusterId: string) => Promise<void>;
  /** Keeps from going too early what would go before the cluster does. */
  readonly renew: (clusterId: string, clusterEnd: number) => Promise<void>;
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

/** A token that opens what belongs to one infra-env, and until when. */
export interface ImageToken {
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
 * @returns undefined while the version of the infra-env is not known
 */
export type LinkToImage = (infraEnv: InfraEnv, origin: string) => Promise<ImageLink | undefined>;

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

/** The clusters that the monitor still has to look at; disconnected and unmonitored ones are not among them. */
export interface MonitoredClusters {
  /** Ids of the shard's clusters that are due, longest overdue first. */
  readonly due: (shard: string, at: Date) => Promise<readonly string[]>;
  /** Saves a refreshed cluster and when it is due again. @throws StaleVersion also when it is monitored no longer */
  readonly saveRefreshed: (cluster: Cluster, dueAt: Date) => Promise<void>;
}

/** How far the ISOs of infra-envs are. */
export interface IsoRecords {
  readonly get: (infraEnvId: string) => Promise<IsoRecord | undefined>;
  readonly put: (record: IsoRecord) => Promise<void>;
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
}

export interface IsoParts {
  /** In the order of their numbers; undefined when there is no such upload any more. */
  readonly list: (upload: IsoUpload) => Promise<readonly StoredPart[] | undefined>;
}

export interface IsoUploads extends IsoParts {
  readonly put: (upload: IsoUpload, part: { number: number; bytes: Uint8Array }) => Promise<void>;
  readonly complete: (upload: IsoUpload, parts: readonly StoredPart[]) => Promise<void>;
}

/** Composed ISOs as objects. */
export interface IsoObjects {
  /** Removes every ISO of the infra-env but that of one key. */
  readonly removeOthers: (infraEnvId: string, kept: string | undefined) => Promise<void>;
}
