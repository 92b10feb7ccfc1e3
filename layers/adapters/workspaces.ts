import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
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

const read = async (path: string): Promise<Buffer | undefined> => {
  const file = await open(path).catch((error) => (codeOf(error).code === 'ENOENT' ? undefined : Promise.reject(error)));
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    if (size > largestFile) throw new Error(`a file in the workspace has ${size} bytes: no ignition is that large`);
    return await file.readFile();
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
        read: async (path) => (await read(join(dir, path)))?.toString('utf8'),
        readBytes: (path) => read(join(dir, path)),
        dispose: () => remove(dir, logger),
      };
    },
  };
};
