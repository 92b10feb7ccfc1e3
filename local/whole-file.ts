import { rename, writeFile } from 'node:fs/promises';

/** Writes a file by a rename, so that nobody meets half of it. Runs that come together each write all of it. */
export const writeWhole = async (path: string, content: string | Uint8Array): Promise<void> => {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, content);
  await rename(unfinished, path);
};
