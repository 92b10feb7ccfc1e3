import { readdirSync, readFileSync, rmdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { agentConfigFile } from './agent-config.ts';
import { clusterImageSetFile } from './cluster-image-set.ts';
import { infraEnvFile } from './infra-env.ts';
import { installConfigFile } from './install-config.ts';
import { caBundleFile, registriesFile } from './mirror.ts';
import { pullSecretFile } from './pull-secret.ts';
import { refuseIgnition } from './refusal.ts';
import { staticHostsFile } from './static-hosts.ts';
import type { Traits } from './traits.ts';

export interface Inputs {
  /** Text by path below the directory: what lies there, over what a former run left in the state file. */
  readonly texts: ReadonlyMap<string, string>;
  /** Paths of the files that were really there; only these are deleted after success. */
  readonly onDisk: readonly string[];
}

const mirrorFiles = [registriesFile, caBundleFile];

const filesRead = ({ readsMirror }: Traits): readonly string[] => [
  agentConfigFile,
  infraEnvFile,
  installConfigFile,
  pullSecretFile,
  clusterImageSetFile,
  staticHostsFile,
  ...(readsMirror ? mirrorFiles : []),
];

const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
};

/** Reads these files of a directory, as far as they are there. */
export const readTexts = (dir: string, paths: readonly string[]): Inputs => {
  const found = paths.flatMap((path): [string, string][] => {
    const text = readIfThere(join(dir, path));
    return text === undefined ? [] : [[path, text]];
  });
  return { texts: new Map(found), onDisk: found.map(([path]) => path) };
};

/** Reads the inputs that this build knows; any other file in the directory is left alone. */
export const readInputs = (input: {
  readonly dir: string;
  readonly traits: Traits;
  readonly remembered: Readonly<Record<string, string>>;
}): Inputs => {
  const { texts, onDisk } = readTexts(input.dir, filesRead(input.traits));
  return { texts: new Map([...Object.entries(input.remembered), ...texts]), onDisk };
};

const removeEmptyFolder = (folder: string): void => {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
};

/** Deletes the inputs and the folders that they leave empty. Throws a Refusal if that cannot be done. */
export const deleteInputs = (dir: string, { onDisk }: Inputs, undeletable: boolean): void => {
  for (const path of onDisk) {
    const file = join(dir, path);
    try {
      if (undeletable) throw new Error('permission denied');
      unlinkSync(file);
      if (path.includes('/')) removeEmptyFolder(dirname(file));
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      refuseIgnition(`failed to delete an input: remove ${file}: ${reason}`);
    }
  }
};
