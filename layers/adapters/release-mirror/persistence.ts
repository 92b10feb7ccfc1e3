import { setTimeout } from 'node:timers/promises';
import { CommandFailure } from '../command-failure.ts';
import { Interrupted, type Patience, withoutQuery } from './mirror-request.ts';

interface Endeavour<T> {
  readonly url: string;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly attempt: (signal: AttemptSignal) => Promise<T>;
  /** Whether the last attempt, though it failed, brought the work on. */
  readonly gained?: () => boolean;
}

/** Aborts when the operator stops the work, or when the mirror has been silent for too long. */
export interface AttemptSignal {
  readonly signal: AbortSignal;
  /** The mirror has said something. */
  readonly alive: () => void;
}

const longestDelayMs = 30_000;

/** Runs one attempt under a watch that interrupts it after a silence. */
const watched = async <T>({ patience, signal, attempt }: Endeavour<T>): Promise<T> => {
  const silence = new AbortController();
  const stalled = () => silence.abort(new Interrupted(`silent for ${patience.stallMs / 1000} seconds`));
  const timer = globalThis.setTimeout(stalled, patience.stallMs);
  try {
    return await attempt({ signal: AbortSignal.any([signal, silence.signal]), alive: () => timer.refresh() });
  } catch (error) {
    signal.throwIfAborted();
    throw silence.signal.aborted ? silence.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Repeats an attempt while it is interrupted, with growing waits. An attempt that made progress starts the count again.
 *
 * @throws CommandFailure when the patience is at its end; at once whatever is not an interruption
 */
export const persist = async <T>(endeavour: Endeavour<T>): Promise<T> => {
  const { url, patience, signal, gained = () => false } = endeavour;
  for (let failures = 0; ; ) {
    try {
      return await watched(endeavour);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      failures = gained() ? 1 : failures + 1;
      if (failures >= patience.attempts) {
        throw new CommandFailure(
          `${withoutQuery(url)} cannot be downloaded (${error.message}, ${failures} times): try again later`,
        );
      }
    }
    const delay = Math.min(longestDelayMs, patience.firstDelayMs * 2 ** (failures - 1));
    await setTimeout(delay, undefined, { signal });
  }
};
