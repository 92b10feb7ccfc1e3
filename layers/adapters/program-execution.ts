import { execa } from 'execa';

/** How a program is to be run. Of texts and numbers alone: it goes from one process to another. */
export interface ProgramRun {
  /** A path, or a name that is looked for in the PATH of `env`. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What it reads; without it, nothing. */
  readonly input?: string;
  readonly stdout: 'pipe' | 'ignore';
  readonly timeoutMs: number;
}

/** How it ended. */
export interface ProgramResult {
  /** Undefined where a signal ended it, or it could not be started. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** It was ended because of its output. */
  readonly isMaxBuffer: boolean;
  /** The system's code (`ENOENT`) where it could not be started. */
  readonly startFailure: string | undefined;
}

/** Between SIGTERM and SIGKILL (milliseconds): there is nothing to tidy up that the end of the folder does not remove. */
const killDelayMs = 500;

/** Characters of one output. Log lines are a few hundred; a program that writes more than this has gone astray. */
const largestOutput = 1024 * 1024;

/**
 * Runs a program as a child of this process, without a shell, in a process group of its own of which nothing is left
 * afterwards.
 */
export const executeProgram = async (run: ProgramRun): Promise<ProgramResult> => {
  const { file, args, cwd, env, input, stdout, timeoutMs } = run;
  const child = execa(file, args, {
    cwd,
    env,
    extendEnv: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    stdout,
    stderr: 'pipe',
    maxBuffer: largestOutput,
    stripFinalNewline: false,
    timeout: Math.max(1, Math.floor(timeoutMs)),
    killDescendants: true,
    forceKillAfterDelay: killDelayMs,
    reject: false,
  });
  const result = await child;
  // The program's end is not that of its children: one that ignores SIGTERM and holds no pipe outlives it.
  child.kill('SIGKILL');
  const { exitCode, signal, timedOut, isMaxBuffer, code = 'unknown reason' } = result;
  const hasRun = exitCode !== undefined || signal !== undefined || timedOut || isMaxBuffer;
  return {
    exitCode,
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
    timedOut,
    isMaxBuffer,
    startFailure: hasRun ? undefined : code,
  };
};
