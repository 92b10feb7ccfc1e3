import { execa } from 'execa';
import { CommandFailure } from '#adapters/command-failure.ts';
import { parseVersionOutput } from '#domain/ignition/version-output.ts';
import { printedArchitecture, type ReleaseArchitecture } from '#domain/release/payload.ts';
import { checkProgram } from './program-file.ts';

interface Binary {
  /** An executable file. */
  readonly path: string;
  /** Folder in which it may write. */
  readonly workspace: string;
  readonly signal: AbortSignal;
}

/** What an installer says about itself. */
export interface InstallerFacts {
  readonly version: string;
  readonly releaseImage: string;
  /** undefined when the binary does not say. */
  readonly architecture: ReleaseArchitecture | undefined;
}

/** A binary of 1 GB on a slow disk takes some seconds to load. */
const timeoutMs = 60_000;

const runsLinuxPrograms = process.platform === 'linux' && process.arch === 'x64';

const cannotRun = (code: string): CommandFailure =>
  new CommandFailure(
    `this machine (${process.platform}/${process.arch}) cannot run the installer (${code}), which has to tell its version: ` +
      'add releases on linux/amd64, with a TMPDIR that lets programs run',
  );

const ask = async ({ path, workspace, signal }: Binary, args: readonly string[]): Promise<string> => {
  const result = await execa(path, args, {
    cwd: workspace,
    env: { HOME: workspace, PATH: '' },
    extendEnv: false,
    stdin: 'ignore',
    timeout: timeoutMs,
    cancelSignal: signal,
    killDescendants: true,
    reject: false,
  });
  signal.throwIfAborted();
  if (result.exitCode === 0) return result.stdout;
  const started = result.exitCode !== undefined || result.signal !== undefined || result.timedOut;
  if (!started || !runsLinuxPrograms) throw cannotRun(result.code ?? `exit code ${result.exitCode}`);
  const how = result.timedOut ? `did not answer within ${timeoutMs / 1000} seconds` : 'failed';
  throw new CommandFailure(
    `${args.join(' ')} of the installer ${how}: the file is not an openshift-install, or damaged`,
  );
};

/**
 * Asks an installer who it is, with nothing of this process's environment.
 *
 * @throws CommandFailure when it cannot be run here, or is not the installer of a release
 */
export const readInstallerFacts = async (binary: Binary): Promise<InstallerFacts> => {
  await checkProgram(binary.path);
  const output = await ask(binary, ['version']);
  const { version, releaseImage } = parseVersionOutput(output) ?? {};
  if (version === undefined || releaseImage === undefined) {
    throw new CommandFailure(
      'the file is not an openshift-install of a release: its `version` names no version and release image',
    );
  }
  return { version, releaseImage, architecture: printedArchitecture(output) };
};
