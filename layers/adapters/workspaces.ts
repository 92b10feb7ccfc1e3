import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Workspace, Workspaces } from '#domain/ignition/ignition-ports.ts';
import type { InputFile } from '#domain/ignition/input-manifests.ts';
import type { Logger } from '#domain/ports.ts';
import { codeOf, processMark, removeLeftovers } from './leftovers.ts';

interface WorkspaceSettings {
  /** Absolute path of the folder that holds the workspaces. */
  readonly root: string;
  readonly logger: Logger;
}

/** Bytes. Packed, an ignition has 256 KiB; even very compressible settings stay far below this. */
const largestFile = 64 * 1024 * 1024;

const write = async (dir: string, files: readonly InputFile[]): Promise<void> => {
  const folders = new Set(files.map(({ path }) => join(dir, dirname(path))));
  await Promise.all([...folders].map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
  await Promise.all(files.map(({ path, content, mode }) => writeFile(join(dir, path), content, { mode, flag: 'wx' })));
};

/** A link leads out of the workspace, and whoever opens a named pipe to read waits for a writer: neither is followed. */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const isAbsent = (error: unknown): boolean => codeOf(error).code === 'ENOENT';

const notRegular = (): Error => new Error('a file in the workspace is not a regular one');

const openRegular = async (dir: string, path: string): Promise<FileHandle | undefined> => {
  const folder = join(dir, dirname(path));
  try {
    if ((await realpath(folder)) !== join(await realpath(dir), dirname(path))) throw notRegular();
    return await open(join(dir, path), readOnly);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw codeOf(error).code === 'ELOOP' ? notRegular() : error;
  }
};

// It may grow while it is read: one byte more than there may be shows it.
const content = async (file: FileHandle): Promise<Buffer> => {
  const stats = await file.stat();
  if (!stats.isFile()) throw notRegular();
  const { size } = stats;
  if (size > largestFile) throw new Error(`a file in the workspace has ${size} bytes: no ignition is that large`);
  const buffer = Buffer.alloc(size + 1);
  let length = 0;
  for (let read = 1; read > 0 && length <= size; length += read) {
    read = (await file.read(buffer, length, buffer.length - length, length)).bytesRead;
  }
  if (length > size) throw new Error('a file in the workspace grew while it was read');
  return buffer.subarray(0, length);
};

const read = async (dir: string, path: string): Promise<Buffer | undefined> => {
  const file = await openRegular(dir, path);
  if (file === undefined) return undefined;
  try {
    return await content(file);
  } finally {
    await file.close();
  }
};

const remove = async (dir: string, logger: Logger): Promise<void> => {
  try {
    await rm(dir, { recursive: true, force: true, maxRetries: 2 });
  } catch (error) {
    logger.warn('cannot remove a workspace', { dir, ...codeOf(error) });
  }
};

/**
 * Private folders (0700) for runs of the binary. Those of killed processes are removed once, before the first one is
 * opened.
 */
export const workspaces = ({ root, logger }: WorkspaceSettings): Workspaces => {
  const swept = removeLeftovers({ dir: root, logger });
  return {
    open: async (): Promise<Workspace> => {
      await swept;
      const dir = join(root, `${processMark}${randomUUID()}`);
      await mkdir(dir, { mode: 0o700 });
      return {
        dir,
        write: (files) => write(dir, files),
        read: async (path) => (await read(dir, path))?.toString('utf8'),
        readBytes: (path) => read(dir, path),
        dispose: () => remove(dir, logger),
      };
    },
  };
};
