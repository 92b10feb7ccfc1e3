/** What the workflows are given; never a secret. */
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

/** What an operator wants to know of `prepare-media`. */
export interface RunningMedia {
  /** When the oldest execution that has not ended was started; undefined when none runs. */
  readonly oldestStart: () => Promise<Date | undefined>;
}

export interface Workflows extends MediaWorkflow {
  /**
   * Runs `disconnected-transition` to its end, and waits for it so long (milliseconds). When the time is up it may still go on.
   * @throws IllegalTransition, ClusterGone, RegistrationExpired; TransitionPending when the time is up
   */
  readonly markAsDisconnected: (request: TransitionRequest, timeoutMs: number) => Promise<void>;
}
