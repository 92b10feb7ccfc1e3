import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { type IgnitionDocument, parseIgnition } from './read-ignition.ts';
import type { InputFiles } from './sample-inputs.ts';

export interface Run {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Message of the last `level=fatal` line; empty if there is none. */
  readonly fatal: string;
  readonly dir: string;
  /** The ignition that was written; throws if none was. */
  readonly ignition: () => IgnitionDocument;
}

export const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'openshift-install-'));

export const writeInputs = async (dir: string, files: InputFiles): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
};

const fatalOf = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('level=fatal msg='))
    .at(-1)
    ?.slice('level=fatal msg='.length) ?? '';

/** Runs a binary with no environment but HOME and PATH. */
export const runBinary = async (
  binary: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Omit<Run, 'dir' | 'ignition'>> => {
  const { exitCode, stdout, stderr } = await execa(binary, args, { env, extendEnv: false, reject: false });
  return { exitCode, stdout, stderr, fatal: fatalOf(stderr) };
};

export interface Attempt {
  readonly binary: string;
  readonly files: InputFiles;
  readonly args: readonly string[];
  /** Where the files are written and the binary works. */
  readonly dir: string;
  /** The PATH. */
  readonly path: string;
}

/** Writes the files and runs `agent create unconfigured-ignition` on them. */
export const tryInstaller = async (attempt: Attempt): Promise<Run> => {
  const { dir } = attempt;
  await writeInputs(dir, attempt.files);
  const args = ['agent', 'create', 'unconfigured-ignition', '--dir', dir, ...attempt.args];
  const run = await runBinary(attempt.binary, args, { HOME: dir, PATH: attempt.path });
  return { ...run, dir, ignition: () => parseIgnition(readFileSync(join(dir, 'unconfigured-agent.ign'), 'utf8')) };
};

/** Which of these paths exist below a folder. */
export const existing = (dir: string, paths: readonly string[]): string[] =>
  paths.filter((path) => existsSync(join(dir, path)));
