/**
 * Builds of the real program, in the order of their dates: G1 = 4.19/4.20, G2 = where 4.21 branched off, G3 = 4.22, G2z = a
 * later 4.21, G4 = a later 4.22. What one does follows from no version: it changes inside a minor line, and in both directions.
 */
export const generations = ['G1', 'G2', 'G2z', 'G3', 'G4'] as const;
export type Generation = (typeof generations)[number];

/** What one build does and another does not. */
export interface Traits {
  readonly interactiveFlag: boolean;
  /** Whether `mirror/` is read; else it is left alone without a word. */
  readonly readsMirror: boolean;
  /** What becomes of a nmstateconfig.yaml beside an agent-config.yaml. */
  readonly networksBesideAgentConfig: 'discarded' | 'taken';
  /** What becomes of an agent-config.yaml with more than a rendezvous IP. */
  readonly furtherAgentConfig: 'panic' | 'ignored' | 'refused';
  /**
   * The rendezvous host's files: `interactive`, an environment file if interactive, with a placeholder if need be;
   * `derived`, a template, and an environment file as soon as there is any static address; `given`, a template, and an
   * environment file for a given address alone.
   */
  readonly rendezvous: 'interactive' | 'derived' | 'given';
  /** Of the rendezvous host's files. */
  readonly rendezvousMode: number;
  /** Whether the service on site asks for tokens, which then are in the ignition with the key that verifies them. */
  readonly authenticates: boolean;
  /** Seconds after which the unit that applies static networks is given up. */
  readonly networkTimeout: number;
  /** Whether the infra-env is registered on site in the interactive flow too. */
  readonly registersInfraEnvAlways: boolean;
}

const first: Traits = {
  interactiveFlag: true,
  readsMirror: true,
  networksBesideAgentConfig: 'discarded',
  furtherAgentConfig: 'panic',
  rendezvous: 'interactive',
  rendezvousMode: 0o644,
  authenticates: false,
  networkTimeout: 60,
  registersInfraEnvAlways: false,
};

const second: Traits = {
  ...first,
  furtherAgentConfig: 'ignored',
  rendezvous: 'derived',
  networkTimeout: 300,
  registersInfraEnvAlways: true,
};

const third: Traits = { ...second, interactiveFlag: false, readsMirror: false };

const laterSecond: Traits = {
  ...third,
  networksBesideAgentConfig: 'taken',
  furtherAgentConfig: 'refused',
  rendezvous: 'given',
};

export const traitsOf: Readonly<Record<Generation, Traits>> = {
  G1: first,
  G2: second,
  G2z: laterSecond,
  G3: third,
  G4: { ...laterSecond, rendezvousMode: 0o600, authenticates: true },
};

/** A version under which each build was, or could have been, released. */
export const versions: Readonly<Record<Generation, string>> = {
  G1: '4.20.0',
  G2: '4.21.0',
  G2z: '4.21.9',
  G3: '4.22.0',
  G4: '4.22.1',
};
