import { rename, writeFile } from 'node:fs/promises';

/**
 * Writes a file by a rename, so that nobody meets half of it. Runs that come together each write all of it.
 *
 * @param mode of the file, as far as the umask leaves it
 */
export const writeWhole = async (path: string, content: string | Uint8Array, mode = 0o666): Promise<void> => {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, content, { mode });
  await rename(unfinished, path);
};
