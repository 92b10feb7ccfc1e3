import { StartError } from './start-error.ts';

interface StopSignals {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** What the first signal does from now on, before the process ends; at once if it has come already. */
  readonly onStop: (close: () => Promise<void>) => void;
}

/** SIGINT and SIGTERM: the first one ends a start that is under way, or closes what runs. */
export const stopSignals = (): StopSignals => {
  const stopped = new AbortController();
  const { signal } = stopped;
  const stop = (name: string): void => {
    // Asked for a second time, it is impatience: what is on disk survives that too.
    if (signal.aborted) process.exit(1);
    stopped.abort(new StartError(`stopped by ${name}`));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal,
    onStop: (close) => {
      const end = () => close().then(() => process.exit(0));
      if (signal.aborted) void end();
      else signal.addEventListener('abort', end, { once: true });
    },
  };
};
