import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bundleProgram, programText, writeProgram } from '../make-program.ts';
import type { Behaviour, Settings } from './settings.ts';
import type { Generation } from './traits.ts';

export type { Behaviour } from './settings.ts';
export { type Generation, generations, versions } from './traits.ts';

export interface InstallerPlan {
  /** Folder of the binary; made if it does not exist. */
  readonly dir: string;
  /** E.g. `4.20.0`: the first line of `version`. */
  readonly version: string;
  readonly generation: Generation;
  /** Release architecture: `amd64` unless given. */
  readonly architecture?: 'amd64' | 'arm64' | 'ppc64le' | 's390x' | 'multi';
  /** Release pull specification; one by digest, made of version and architecture, unless given. */
  readonly releaseImage?: string;
  readonly behaviour?: Behaviour;
  /** Size of the file in bytes; it is filled up with a comment. */
  readonly padTo?: number;
}

let program: Promise<string> | undefined;

const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

const settingsOf = (plan: InstallerPlan): Settings => {
  const architecture = plan.architecture ?? 'amd64';
  const release = `${plan.version}-${architecture}`;
  return {
    version: plan.version,
    generation: plan.generation,
    architecture,
    releaseImage: plan.releaseImage ?? `quay.io/openshift-release-dev/ocp-release@sha256:${digest(release, 64)}`,
    commit: digest(`commit of ${release}`, 40),
    behaviour: plan.behaviour ?? {},
  };
};

const pad = (text: string, bytes: number): string => {
  const missing = bytes - Buffer.byteLength(text);
  if (missing < '//\n'.length)
    throw new Error(`padTo must exceed the program's own size of ${Buffer.byteLength(text)} bytes`);
  return `${text}//${'-'.repeat(missing - '//\n'.length)}\n`;
};

/**
 * Writes an executable `openshift-install` that behaves as the real program of that generation does, and gives its path. It
 * is one file that needs nothing beside it: it can be copied, stored and run anywhere on this machine.
 */
export const makeInstaller = async (plan: InstallerPlan): Promise<string> => {
  program ??= bundleProgram(join(import.meta.dirname, 'program.ts'));
  const settings = `var embeddedSettings=${JSON.stringify(settingsOf(plan))};`;
  const text = programText(await program, settings);
  const file = join(plan.dir, 'openshift-install');
  await writeProgram(file, plan.padTo === undefined ? text : pad(text, plan.padTo));
  return file;
};
