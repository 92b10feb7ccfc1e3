import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { FunctionIdentity } from './context.ts';
import type { Environment } from './environment.ts';
import type { HandlerAnswer } from './handler-run.ts';

/** A function's code and all that it may know. */
export interface FunctionCode extends FunctionIdentity {
  /** URL of the module that exports `handler`. */
  readonly module: string;
  /** The whole environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether it leaves the processor to the others where there is not enough for all: nobody waits for its answer. */
  readonly isBackground?: boolean;
  /** The only folders that its code may write to; then it starts no threads either. Without it there is no bound. */
  readonly writable?: readonly string[];
  /** Whether code that is bound may start programs. Those of Node that inherit its variables are bound like it, no others. */
  readonly startsPrograms?: boolean;
}

/** What the process says: that its code is loaded, or how the loading or an invocation ended. */
export type ProcessMessage = 'ready' | HandlerAnswer;

const bootstrap = join(import.meta.dirname, 'bootstrap.ts');

/** Between the request to end and SIGKILL, for a process that is stuck (milliseconds). */
const stopDelay = 1_000;

/** A third of the processor's time of one that people wait for, where both want all of it. */
const backgroundNiceness = 5;

// Whole lines: those of several processes never mix.
const forward = (from: Readable | null, to: Writable): void => {
  if (from !== null) createInterface({ input: from }).on('line', (line) => to.write(`${line}\n`));
};

/** By Node's own permission model, which needs no rights on this machine. */
const boundOf = ({ writable, startsPrograms = false }: FunctionCode): readonly string[] =>
  writable === undefined
    ? []
    : [
        '--permission',
        '--allow-fs-read=*',
        ...(startsPrograms ? ['--allow-child-process'] : []),
        ...writable.map((folder) => `--allow-fs-write=${join(folder, '*')}`),
      ];

/** That what is started is not bound, Node says at each start, also of a process that the function's code makes of Node. */
const withoutWarning = '--disable-warning=PERM0002';

const quoted = (option: string): string => `"${option.replaceAll(/["\\]/g, '\\$&')}"`;

/** Node itself hands its options on without quotes: a blank in a path would end the option there. */
const handedOn = (code: FunctionCode): Record<string, string> => ({
  NODE_OPTIONS: [withoutWarning, ...boundOf(code)].map(quoted).join(' '),
});

const startProcess = (code: FunctionCode): ChildProcess => {
  const { module, variables, name, memoryMegabytes, isBackground, startsPrograms } = code;
  const child = fork(bootstrap, [JSON.stringify({ module, name, memoryMegabytes })], {
    env: startsPrograms ? { ...handedOn(code), ...variables } : variables,
    execArgv: [`--max-old-space-size=${memoryMegabytes}`, ...(startsPrograms ? [] : boundOf(code))],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (isBackground && child.pid !== undefined) setPriority(child.pid, backgroundNiceness);
  forward(child.stdout, process.stdout);
  forward(child.stderr, process.stderr);
  return child;
};

const exitError = (requestId: string, { exitCode, signalCode }: ChildProcess): HandlerAnswer => {
  const reason = signalCode === null ? `exit status ${exitCode}` : `signal: ${signalCode}`;
  return {
    functionError: {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${reason}`,
    },
  };
};

/** Starts a process of Node for a function's code, as Lambda does: its environment, memory and end are its own. */
export const environmentProcess = (code: FunctionCode): Environment => {
  const child = startProcess(code);
  const ready = Promise.withResolvers<void>();
  let over = false;
  let failure: HandlerAnswer | undefined;
  let answer: ((answer: HandlerAnswer | undefined) => void) | undefined;

  child.on('message', (message: ProcessMessage) => {
    if (message === 'ready') ready.resolve();
    else if (answer === undefined) failure = message;
    else answer(message);
  });
  // Its last message may come after its exit. A process that could not be started emits an error instead of both.
  const gone = Promise.allSettled([once(child, 'exit'), once(child, 'disconnect')]).then(() => {
    over = true;
    ready.resolve();
    answer?.(undefined);
  });

  return {
    ready: ready.promise,
    ended: gone,
    hasEnded: () => over,
    run: async (invocation) => {
      if (over) return failure ?? exitError(invocation.requestId, child);
      const reply = Promise.withResolvers<HandlerAnswer | undefined>();
      answer = reply.resolve;
      // A process that ends at this moment answers by its exit.
      child.send(invocation, () => undefined);
      return (await reply.promise) ?? exitError(invocation.requestId, child);
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      const stuck = setTimeout(() => child.kill('SIGKILL'), stopDelay);
      await gone;
      clearTimeout(stuck);
    },
  };
};
