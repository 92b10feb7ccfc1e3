/** Counted up when an examination finds out more: what an earlier one found out is found out again. */
export const currentExamination = 1;

/** A line `NAME=value` in a file of an ignition. */
export interface Variable {
  readonly path: string;
  readonly name: string;
}

/** Which tokens let in at the service on site, and the key that verifies them. */
export interface Authentication {
  readonly key: Variable;
  readonly tokens: readonly Variable[];
}

interface UnitProfile {
  readonly enabled: boolean;
  /** After which systemd gives up starting it, in systemd's words; absent where the unit says nothing of it. */
  readonly timeout?: string;
}

export interface NetworkProfile {
  /** What becomes of static networks when the rendezvous address is given in the same run. */
  readonly besideAddress: 'arrive' | 'discarded';
  /** Whether a static address makes a rendezvous host where none is given. */
  readonly makeRendezvousHost: boolean;
}

/** What one `openshift-install` does, found out by running it: no version says so. */
export interface InstallerProfile {
  readonly examination: number;
  /** Of `agent create unconfigured-ignition`, e.g. `--interactive`. */
  readonly flags: readonly string[];
  /** Whether it has `agent create config-image`; absent when it was not asked. */
  readonly configImage?: boolean;
  /** Whether the registry mirrors arrive. */
  readonly mirrors: boolean;
  /** Absent while they were not examined, for want of nmstatectl. */
  readonly networks?: NetworkProfile;
  /** Settings of an infra-env that do not arrive. */
  readonly lacks: readonly string[];
  /** What each run invents. It belongs to the infra-env, not to the run. */
  readonly invented: readonly Variable[];
  /** Absent where the service on site lets everybody in. */
  readonly authentication?: Authentication;
  /** Paths of files in which equal runs differ otherwise. */
  readonly unsteady: readonly string[];
  /** Mode by path. */
  readonly files: Readonly<Record<string, number>>;
  readonly units: Readonly<Record<string, UnitProfile>>;
}

/** Whether files of two runs may be mixed: nothing in the ones belongs to anything in the others. */
export const canMixRuns = ({ authentication }: InstallerProfile): boolean => authentication === undefined;
