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

/** One run of `prepare-media` for a revision. */
export interface MediaAttempt extends MediaRequest {
  /** 0, as without one: the first, which the registration or the change has started. */
  readonly attempt?: number;
}

/** How a run of `prepare-media` stands; `failedAt` is absent of one that runs or has succeeded. */
export interface MediaRun {
  readonly isRunning: boolean;
  readonly failedAt?: Date;
}

/** The workflow that makes what an infra-env will be asked for. */
export interface MediaWorkflow {
  /** Starts an attempt unless it was started already; does not wait for it. */
  readonly prepareMedia: (request: MediaAttempt) => Promise<void>;
  /** undefined when it was not started: within the last second, or in the last 90 days. */
  readonly mediaRun: (request: MediaAttempt) => Promise<MediaRun | undefined>;
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
