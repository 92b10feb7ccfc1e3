import type { Release } from '../release/release.ts';
import type { Credentials } from './credentials.ts';
import type { InputFile } from './input-manifests.ts';

/** A verified openshift-install on disk. */
export interface Installer {
  readonly path: string;
  /** Lower-case hex SHA-256 of its content. */
  readonly sha256: string;
}

export interface AcquiredInstaller extends Installer {
  /** Ends the use: from then on the file may be evicted. Calling it again changes nothing. */
  readonly dispose: () => void;
}

export interface InstallerSource {
  /**
   * The release's installer, in use until it is disposed of. Giving up at the deadline does not stop a download that
   * is under way: the next caller finds it further on.
   *
   * @throws InstallerMissing, InstallerCorrupt, InstallerCacheFull; the deadline's reason when that comes first
   */
  readonly acquire: (release: Release, deadline: AbortSignal) => Promise<AcquiredInstaller>;
}

/** What a binary says about itself. */
export interface InstallerFacts {
  /** As its `version` prints it; undefined when that cannot be read. */
  readonly version: string | undefined;
  /** Those of `agent create unconfigured-ignition`. */
  readonly flags: readonly string[];
  /** Whether `agent create` has the command `config-image`. */
  readonly configImage: boolean;
}

interface Inspection {
  readonly installer: Installer;
  /** Folder in which the binary may write. */
  readonly workspaceDir: string;
  readonly timeoutMs: number;
}

export interface IgnitionCommand {
  readonly installer: Installer;
  /** Folder of the input files; the ignition appears there as `unconfigured-agent.ign`. */
  readonly workspaceDir: string;
  readonly interactive: boolean;
  readonly timeoutMs: number;
}

/** How a run of the binary ended. */
export interface InstallerRun {
  /** undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** May hold the pull secret verbatim: nothing but the refusal's reason or its redacted form may leave. */
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface InstallerProgram {
  /** Asks a binary once per content and process. @throws InstallerTimeout */
  readonly inspect: (inspection: Inspection) => Promise<InstallerFacts>;
  /** Runs `agent create config-image`; no process of it is left when this settles. */
  readonly createConfigImage: (command: Omit<IgnitionCommand, 'interactive'>) => Promise<InstallerRun>;
  /** Runs `agent create unconfigured-ignition`; no process of it is left when this settles. */
  readonly createUnconfiguredIgnition: (command: IgnitionCommand) => Promise<InstallerRun>;
}

/** A connection profile of NetworkManager. */
export interface Keyfile {
  /** File name, `….nmconnection`. */
  readonly name: string;
  /** May hold the host's passwords. */
  readonly content: string;
}

/** What nmstate makes of a host's network, or why it makes nothing of it: one line, fit for the caller. */
export type NetworkConfiguration =
  | { readonly keyfiles: readonly Keyfile[]; readonly reason?: never }
  | { readonly keyfiles?: never; readonly reason: string };

interface NetworkCommand {
  /** An NMState document as the user wrote it. */
  readonly document: string;
  readonly timeoutMs: number;
}

export interface NetworkProgram {
  /**
   * Runs `nmstatectl gc`; no process of it is left when this settles.
   *
   * @throws NetworkProgramMissing; SettingsCheckUnavailable when the time is up
   */
  readonly generate: (command: NetworkCommand) => Promise<NetworkConfiguration>;
}

export interface IgnitionValidator {
  /**
   * What Ignition itself has against a config, one line fit for whoever wrote the config; undefined where it takes it, and
   * where its program is not installed or too old to know the config's version.
   *
   * @throws SettingsCheckUnavailable when the time is up
   */
  readonly faultsOf: (config: string, timeoutMs: number) => Promise<string | undefined>;
}

/** Whose credentials: all of it is bound to the ciphertext. */
export interface CredentialSubject {
  readonly infraEnvId: string;
  readonly userName: string;
}

/** Keeps what belongs to an infra-env and not to a run, encrypted beside its pull secret. */
export interface CredentialStore {
  /** undefined when none are stored. */
  readonly read: (subject: CredentialSubject) => Promise<Credentials | undefined>;
  /** Stores them unless there are some already, and gives those that are there afterwards. */
  readonly keepFirst: (
    kept: CredentialSubject & { readonly credentials: Credentials; readonly expiresAt: number },
  ) => Promise<Credentials>;
  readonly remove: (subject: CredentialSubject) => Promise<void>;
}

/** A private folder of one run. */
export interface Workspace {
  readonly dir: string;
  readonly write: (files: readonly InputFile[]) => Promise<void>;
  /** Text of a file in it; undefined when there is none. @throws when it is larger than any ignition can be */
  readonly read: (path: string) => Promise<string | undefined>;
  /** The same of a file that is not a text. */
  readonly readBytes: (path: string) => Promise<Uint8Array | undefined>;
  /** Removes it with all its content. A failure is logged, never thrown. */
  readonly dispose: () => Promise<void>;
}

export interface Workspaces {
  readonly open: () => Promise<Workspace>;
}
