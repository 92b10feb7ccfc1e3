/** Seconds until a secret is looked at for the first time: no request takes so long to name what it has stored. */
export const secretGraceSeconds = 60 * 60;

/** Seconds until a secret that is named is looked at again. */
export const secretLookSeconds = 24 * 60 * 60;

/** What is kept encrypted beside an infra-env: a pull secret, or without an id what belongs to its installation. */
export interface WatchedSecret {
  readonly infraEnvId: string;
  /** Tells it apart from the others of the infra-env. */
  readonly name: string;
  readonly pullSecretId?: string;
}

/** The secrets, by the moment at which somebody has to look whether they are still named. */
export interface WatchedSecrets {
  readonly due: (at: Date) => Promise<readonly WatchedSecret[]>;
  /** Does nothing for a secret that is gone. */
  readonly lookAgain: (secret: WatchedSecret, at: Date) => Promise<void>;
  readonly remove: (secret: WatchedSecret) => Promise<void>;
}
