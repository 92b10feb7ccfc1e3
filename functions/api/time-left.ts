import { failure, isFailure } from '#domain/errors.ts';

/** Milliseconds that encrypting, storing, the transition and the answer may take. */
export const storingMs = 8_000;

/** Of them, what is kept for taking back what was stored, and for the answer. */
const withdrawalMs = 2_000;

type RemainingMs = () => number;

/**
 * To be called before anything is stored: a client that hears nothing in time, or a 503, must find nothing.
 *
 * @throws ServiceBusy when what is left of the invocation's time is not enough to store and answer
 */
export const checkTimeToStore = (remainingMs: RemainingMs): void => {
  if (remainingMs() < storingMs) throw failure('ServiceBusy');
};

/** How long a step may take after which a failure still has to be taken back. */
export const untilWithdrawal = (remainingMs: RemainingMs): number => Math.max(0, remainingMs() - withdrawalMs);

/** What a failure is called once it was taken back: the reason for one that came when the time was up is the time. */
export const failureInTime = (error: unknown, remainingMs: RemainingMs): unknown =>
  untilWithdrawal(remainingMs) === 0 || isFailure(error, 'TransitionPending') ? failure('ServiceBusy') : error;
