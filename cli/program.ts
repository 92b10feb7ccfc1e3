import { setGlobalProxyFromEnv } from 'node:http';
import { enableCompileCache } from 'node:module';
import { CommandFailure } from '#adapters/command-failure.ts';
import { compileCache } from '#adapters/compile-cache.ts';
import { failureLine } from './failure-line.ts';
import { progressLine } from './progress.ts';

interface Process {
  readonly say: (line: string) => void;
  readonly progress: ReturnType<typeof progressLine>;
  readonly signal: AbortSignal;
}

interface Program {
  readonly run: (args: readonly string[], process: Process) => Promise<void>;
  /** What a person is told besides when they stop it. */
  readonly stopped: string;
}

const signer = async () => (await import('./api/iam-signer.ts')).iamSigner();

/** Each loads what it needs only once it is named: a person waits for one program, not for all. */
const programs = {
  release: {
    stopped: ': nothing was changed half-way',
    run: async (args, context) => {
      const [{ runCommand }, { usualPatience }, { pinnedReleaseKey }] = await Promise.all([
        import('./release-commands.ts'),
        import('#adapters/release-mirror/mirror-request.ts'),
        import('./release-key.ts'),
      ]);
      await runCommand(args, {
        ...context,
        clock: () => new Date(),
        patience: usualPatience,
        releaseKey: pinnedReleaseKey,
      });
    },
  },
  iso: {
    stopped: '',
    run: async (args, context) => {
      const { runIsoCommand } = await import('./iso/iso-commands.ts');
      await runIsoCommand(args, { ...context, signer, token: process.env.OVE_IGNITION_TOKEN });
    },
  },
  site: {
    stopped: ': repeat the command, and it goes on from there',
    run: async (args, context) => {
      const { runSiteCommand } = await import('./site/site-commands.ts');
      await runSiteCommand(args, { ...context, signer, env: process.env });
    },
  },
  smoke: {
    stopped: ': what it had made is deleted, if the line above says so',
    run: async (args, context) => {
      const { runSmokeCommand } = await import('./smoke/smoke-command.ts');
      await runSmokeCommand(args, { ...context, signer, env: process.env });
    },
  },
} as const satisfies Record<string, Program>;

export type ProgramName = keyof typeof programs;

export const isProgram = (name: string): name is ProgramName => Object.hasOwn(programs, name);

/** Runs a program in this process: its failure is one line and the exit code 1, and a signal stops it. */
export const runProgram = async (name: ProgramName, args: readonly string[]): Promise<void> => {
  enableCompileCache(compileCache);
  const { run, stopped }: Program = programs[name];
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort(new CommandFailure(`stopped by ${signal}${stopped}`)));
  }
  const progress = progressLine(process.stderr);
  try {
    // HTTPS_PROXY, HTTP_PROXY and NO_PROXY, for mirrors and APIs; AWS clients have agents of their own.
    setGlobalProxyFromEnv();
    await run(args, { say: (line) => process.stdout.write(`${line}\n`), progress, signal: stop.signal });
  } catch (error) {
    progress.clear();
    process.stderr.write(`${failureLine(stop.signal.aborted ? stop.signal.reason : error, name)}\n`);
    process.exitCode = 1;
  }
};
