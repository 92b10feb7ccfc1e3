import type { ReleaseKey } from '#adapters/release-mirror/signature.ts';
import { failureLine } from '#cli/failure-line.ts';
import { progressLine } from '#cli/progress.ts';
import { type CommandContext, runCommand } from '#cli/release-commands.ts';

/** Without what `verify` says on a machine that has no nmstatectl. */
export const withoutOpenQuestions = (said: readonly string[]): readonly string[] =>
  said.filter((line) => !line.includes('nmstatectl is not in the PATH'));

interface Operating {
  readonly data: string;
  readonly releaseKey: ReleaseKey;
}

/** What a command showed: its lines, and the line of its failure if it failed. */
export interface Outcome {
  readonly said: readonly string[];
  readonly failed: string | undefined;
}

/** An operator who types commands for one local stack, and trusts the key that the test gives. */
export const operator = ({ data, releaseKey }: Operating) => {
  const run = async (args: readonly string[], more: Partial<CommandContext> = {}): Promise<Outcome> => {
    const said: string[] = [];
    const context: CommandContext = {
      say: (line) => said.push(line),
      progress: progressLine({ write: () => undefined }),
      signal: new AbortController().signal,
      clock: () => new Date('2026-03-01T12:00:00.000Z'),
      patience: { stallMs: 5_000, attempts: 3, firstDelayMs: 1 },
      releaseKey: async () => releaseKey,
      ...more,
    };
    try {
      await runCommand([...args, '--data', data], context);
      return { said, failed: undefined };
    } catch (error) {
      return { said, failed: failureLine(error) };
    }
  };
  return { run };
};
