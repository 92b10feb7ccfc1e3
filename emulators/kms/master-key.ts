import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ifThere } from '../if-there.ts';

const masterKeyBytes = 32;

const exists = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

// Written under another name first: a key that a crash cut short would make every secret unreadable.
const create = async (path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, randomBytes(masterKeyBytes), { mode: 0o600, flush: true });
  try {
    await link(unfinished, path);
  } catch (error) {
    if (!exists(error)) throw error;
  } finally {
    await rm(unfinished);
  }
};

/**
 * The master key of this data folder: 32 random bytes in a file of mode 0600, made at the first call.
 *
 * @throws Error when the file is there but is not such a key
 */
export const masterKey = async (path: string): Promise<Buffer> => {
  if ((await ifThere(readFile(path))) === undefined) await create(path);
  const key = await readFile(path);
  if (key.length !== masterKeyBytes) throw new Error(`${path} is not a key of ${masterKeyBytes} bytes`);
  return key;
};
