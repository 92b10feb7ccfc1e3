import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ifThere } from '../if-there.ts';
import type { FunctionError } from './handler-run.ts';

/** What a function finds at /tmp in Lambda. */
export interface TemporaryStorage {
  /** They stand for it, for all processes of the function together. */
  readonly folders: readonly string[];
  /** How many MiB it may hold. */
  readonly megabytes: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, next) => total + next, 0);

/** The bytes of a file, or of all files below a folder. What the function's other processes remove meanwhile takes no room. */
const bytesAt = async (path: string): Promise<number> => {
  const found = await ifThere(lstat(path));
  if (!found?.isDirectory()) return found?.size ?? 0;
  const names = (await ifThere(readdir(path))) ?? [];
  return sum(await Promise.all(names.map((name) => bytesAt(join(path, name)))));
};

const mebibyte = 1024 * 1024;

const inMebibytes = (bytes: number): string => `${Math.ceil(bytes / mebibyte)} MiB`;

/** What becomes of an invocation after which there is more than may be; undefined where there is not. */
export const overflow = async (
  name: string,
  { folders, megabytes }: TemporaryStorage,
): Promise<FunctionError | undefined> => {
  const sizes = await Promise.all(folders.map(bytesAt));
  if (sum(sizes) <= megabytes * mebibyte) return undefined;
  const held = folders.map((folder, index) => `${folder} holds ${inMebibytes(sizes[index] ?? 0)}`);
  return {
    errorType: 'Error',
    errorMessage: `ENOSPC: no space left on device: /tmp of ${name} has ${megabytes} MiB, but ${held.join(', ')}`,
  };
};
