import { failure } from '#domain/errors.ts';
import type { Installer, InstallerFacts, InstallerProgram, InstallerRun } from '#domain/ignition/ignition-ports.ts';
import { flagsIn, listsConfigImage, parseVersionOutput } from '#domain/ignition/version-output.ts';
import { runProgram } from './program-run.ts';
import { endStrays } from './strays.ts';

interface ProgramSettings {
  /** The PATH that the binary gets: where it looks for nmstatectl. */
  readonly searchPath: string;
}

interface Invocation {
  readonly installer: Installer;
  readonly workspaceDir: string;
  readonly timeoutMs: number;
}

interface Run extends Invocation {
  readonly args: readonly string[];
  readonly stdout: 'pipe' | 'ignore';
}

const creation = ['agent', 'create'];
const command = [...creation, 'unconfigured-ignition'];

/**
 * Without it a binary that is not made for FIPS refuses a cluster in FIPS mode. What is made here is only handed on: it is the
 * site that installs, with a binary of its own.
 */
const withoutHostCheck = { OPENSHIFT_INSTALL_SKIP_HOSTCRYPT_VALIDATION: 'true' };

const run = async ({ searchPath }: ProgramSettings, { installer, workspaceDir, ...invocation }: Run) => {
  const env = { ...withoutHostCheck, HOME: workspaceDir, PATH: searchPath };
  const result = await runProgram({ ...invocation, file: installer.path, cwd: workspaceDir, env });
  if (result.startFailure !== undefined) throw new Error(`openshift-install cannot be started: ${result.startFailure}`);
  return result;
};

/** What was cut off at the limit may have been half a secret, which no redaction would find. */
const completeStderr = ({ stderr, isMaxBuffer }: { stderr: string; isMaxBuffer: boolean }): string =>
  isMaxBuffer ? '' : stderr;

/** What a question prints; undefined when the program fails at it. */
const answerOf = async (settings: ProgramSettings, invocation: Invocation, args: readonly string[]) => {
  const { exitCode, stdout, timedOut } = await run(settings, { ...invocation, args, stdout: 'pipe' });
  if (timedOut) throw failure('InstallerTimeout', { seconds: Math.ceil(invocation.timeoutMs / 1000) });
  return exitCode === 0 ? stdout : undefined;
};

const inspect = async (settings: ProgramSettings, invocation: Invocation): Promise<InstallerFacts> => {
  const [output = '', help, commands = ''] = await Promise.all([
    answerOf(settings, invocation, ['version']),
    answerOf(settings, invocation, [...command, '--help']),
    answerOf(settings, invocation, [...creation, '--help']),
  ]).finally(() => endStrays(invocation.workspaceDir));
  const version = parseVersionOutput(output)?.version;
  if (version !== undefined && help === undefined) throw new Error('openshift-install does not describe its command');
  return { version, flags: flagsIn(help ?? ''), configImage: listsConfigImage(commands) };
};

const create = async (
  settings: ProgramSettings,
  invocation: Invocation,
  args: readonly string[],
): Promise<InstallerRun> => {
  const result = await run(settings, { ...invocation, args, stdout: 'ignore' });
  endStrays(invocation.workspaceDir);
  return { exitCode: result.exitCode, stderr: completeStderr(result), timedOut: result.timedOut };
};

/**
 * Runs openshift-install as a child process in a process group of its own. Its environment is HOME (its workspace), PATH,
 * and what makes it describe a cluster in FIPS mode. Nothing that it starts outlives it, also in a session of its own.
 */
export const installerProgram = (settings: ProgramSettings): InstallerProgram => {
  const inspections = new Map<string, Promise<InstallerFacts>>();
  return {
    inspect: (invocation) => {
      const { sha256 } = invocation.installer;
      const known = inspections.get(sha256);
      if (known !== undefined) return known;
      const inspection = inspect(settings, invocation);
      inspections.set(sha256, inspection);
      const forget = () => inspections.delete(sha256);
      inspection.then(({ version }) => version === undefined && forget(), forget);
      return inspection;
    },
    createConfigImage: (invocation) =>
      create(settings, invocation, [...creation, 'config-image', '--dir', invocation.workspaceDir]),
    createUnconfiguredIgnition: ({ interactive, ...invocation }) =>
      create(settings, invocation, [
        ...command,
        '--dir',
        invocation.workspaceDir,
        ...(interactive ? ['--interactive'] : []),
      ]),
  };
};
