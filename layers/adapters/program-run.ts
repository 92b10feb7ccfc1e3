import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import type { ProgramResult, ProgramRun } from './program-execution.ts';

export interface RunRequest {
  readonly id: number;
  readonly run: ProgramRun;
}

export type RunAnswer =
  | { readonly id: number; readonly result: ProgramResult }
  /** The name of what was thrown. */
  | { readonly id: number; readonly failure: string };

interface Runner {
  readonly run: (run: ProgramRun) => Promise<ProgramResult>;
}

/** In a bundle it lies beside this code (cdk/handler-bundle.ts). */
const runnerModule = new URL(`./program-runner${extname(import.meta.filename)}`, import.meta.url);

const startRunner = (onEnd: () => void): Runner => {
  const child: ChildProcess = fork(runnerModule, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const waiting = new Map<number, PromiseWithResolvers<ProgramResult>>();
  let lastId = 0;

  // While it runs nothing, nobody has to wait for its end.
  const hold = (): void => {
    const change = waiting.size > 0 ? 'ref' : 'unref';
    child[change]();
    child.channel?.[change]();
  };
  const take = (id: number): PromiseWithResolvers<ProgramResult> | undefined => {
    const found = waiting.get(id);
    waiting.delete(id);
    hold();
    return found;
  };
  const end = (): void => {
    onEnd();
    for (const id of [...waiting.keys()]) take(id)?.reject(new Error('the process that runs programs has ended'));
  };

  child.on('message', (answer: RunAnswer) => {
    const asked = take(answer.id);
    if ('result' in answer) asked?.resolve(answer.result);
    else asked?.reject(new Error(`the program was not run: ${answer.failure}`));
  });
  // One that could not be started has an error instead of an exit.
  child.once('exit', end);
  child.once('error', end);
  return {
    run: (run) => {
      lastId += 1;
      const answer = Promise.withResolvers<ProgramResult>();
      waiting.set(lastId, answer);
      hold();
      child.send({ id: lastId, run } satisfies RunRequest, () => undefined);
      return answer.promise;
    },
  };
};

let runner: Runner | undefined;

/**
 * Runs a program without a shell, in a process group of its own of which nothing is left afterwards. A small process does it,
 * which is kept: a start copies the page tables of the process that makes it, which takes ten times as long for one that
 * has loaded a function (decision 126).
 *
 * @throws Error when that process ends meanwhile; the next run has another one
 */
export const runProgram = (run: ProgramRun): Promise<ProgramResult> => {
  runner ??= startRunner(() => {
    runner = undefined;
  });
  return runner.run(run);
};
