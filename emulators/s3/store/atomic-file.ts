/**
 * How a file or folder comes into being or goes away in one step, whatever happens to the process.
 * Nothing is synced to the disk: the promise is to survive the death of the process, not of the machine.
 */
import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const temporaryName = (folder: string): string => join(folder, randomUUID());

export const writeJson = async (path: string, options: { temporary: string; value: unknown }): Promise<void> => {
  const draft = temporaryName(options.temporary);
  try {
    await writeFile(draft, JSON.stringify(options.value));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/** Takes the folder out of sight in one step and then removes it. */
export const removeFolder = async (path: string, temporary: string): Promise<void> => {
  const doomed = temporaryName(temporary);
  await rename(path, doomed);
  await rm(doomed, { recursive: true, force: true });
};
