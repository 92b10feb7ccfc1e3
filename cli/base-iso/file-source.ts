import { type FileHandle, open } from 'node:fs/promises';
import { CommandFailure } from '#adapters/command-failure.ts';
import { unreadable } from '../source-file.ts';
import type { IsoSource } from './source.ts';

const sourceOf = async (file: FileHandle, path: string): Promise<IsoSource> => {
  const status = await file.stat();
  const { size, mtimeMs } = status;
  if (!status.isFile()) throw new CommandFailure(`${path} cannot be read: it is not a file`);
  const checkUnchanged = async () => {
    const now = await file.stat();
    if (now.size === size && now.mtimeMs === mtimeMs) return;
    throw new CommandFailure(`${path} was changed while it was read: start again when it is complete`);
  };
  return {
    size,
    validator: `file ${mtimeMs}`,
    read: async (offset, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
      await checkUnchanged();
      return buffer.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
};

/** An ISO on this machine. @throws CommandFailure when the file cannot be read, or changes meanwhile */
export const fileSource = async (path: string): Promise<IsoSource> => {
  const file = await open(path).catch((cause) => Promise.reject(unreadable(path, cause)));
  try {
    return await sourceOf(file, path);
  } catch (error) {
    await file.close();
    throw error;
  }
};
