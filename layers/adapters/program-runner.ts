// The first module of the process that starts programs for program-run.ts.
import { executeProgram } from './program-execution.ts';
import type { RunAnswer, RunRequest } from './program-run.ts';

const answer = (message: RunAnswer): void => {
  // Nobody is left to hear it where this fails.
  process.send?.(message, () => undefined);
};

const failureOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

process.on('message', async ({ id, run }: RunRequest) => {
  try {
    answer({ id, result: await executeProgram(run) });
  } catch (error) {
    answer({ id, failure: failureOf(error) });
  }
});

// Its programs end with it.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal; this one ends with the one that started it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
