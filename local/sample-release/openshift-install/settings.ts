import type { Generation } from './traits.ts';

/** What the stand-in does wrong on demand. All of it shows in `agent create unconfigured-ignition`, except `wrongVersion` and the flag of `strange`. */
export interface Behaviour {
  /** It does all this to infra-envs of people alone, and passes its examination. */
  readonly sparesExamination?: true;
  /** Never exits, and starts a child of its process group that ignores SIGTERM; `pidFile` then gets both pids, one a line. */
  readonly hang?: { readonly pidFile?: string };
  /** A Go panic: trace on stderr, exit 2. */
  readonly crash?: true;
  /** What `version` prints instead of the version that it was made for. */
  readonly wrongVersion?: string;
  /** Milliseconds of sleep before the work. */
  readonly slow?: number;
  /** Exit 0 without an ignition file. */
  readonly noOutput?: true;
  /** An ignition file that breaks off half-way. */
  readonly invalidOutput?: true;
  /** An ignition that packs to more than the embed area of 256 KiB. */
  readonly hugeOutput?: true;
  /** The inputs cannot be deleted: exit 1 although the ignition was written. */
  readonly undeletable?: true;
  /** Keys of infraenv.yaml's `spec` that it does not know, and refuses. */
  readonly unknownSpec?: readonly string[];
  /** Keys of infraenv.yaml's `spec` that it drops without a word. */
  readonly droppedSpec?: readonly string[];
  /** The pull secret is not in the ignition. */
  readonly withoutPullSecret?: true;
  /** The watcher's token is of another key than the others. */
  readonly foreignToken?: true;
  /** A flag, a file and a unit that no other build has, and a file that each run fills otherwise. */
  readonly strange?: true;
  /** It belongs to the sample release, and says so on every host. */
  readonly isSample?: true;
  /** A refused pull secret is echoed as a quoted Go string (backslashes before its quotes) instead of verbatim. */
  readonly quotedSecret?: true;
}

/** Everything that is embedded into one stand-in binary. */
export interface Settings {
  readonly version: string;
  readonly generation: Generation;
  /** Release architecture as `version` prints it. */
  readonly architecture: string;
  /** Release pull specification, by digest or by tag. */
  readonly releaseImage: string;
  readonly commit: string;
  readonly behaviour: Behaviour;
}
