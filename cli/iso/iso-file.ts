import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { CommandFailure } from '#adapters/command-failure.ts';
import type { Patch } from '#domain/composition/iso-patch.ts';
import type { IsoImage } from '#domain/iso/image.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read or write it',
  EROFS: 'it is on a file system that cannot be written to',
  EISDIR: 'it is a folder',
  ENOSPC: 'there is no room left beside it',
};

/** What a failed system call says of a file, for the operator. */
export const fileFailure = (path: string, cause: unknown): CommandFailure => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new CommandFailure(`${path}: ${reasons[code] ?? code}`, { cause });
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** An ISO on this machine, open for changes in place. */
export interface IsoFile extends IsoImage {
  /** Replaces bytes, and returns once they are on the disk and were read back. @throws CommandFailure */
  readonly write: (patches: readonly Patch[]) => Promise<void>;
}

const readFrom = (handle: FileHandle) => async (offset: number, length: number) => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
};

const isoFile = (handle: FileHandle, size: number, path: string): IsoFile => {
  const read = readFrom(handle);
  const write = async (patches: readonly Patch[]) => {
    for (const { offset, bytes } of patches) await handle.write(bytes, 0, bytes.length, offset);
    await handle.sync();
    for (const { offset, bytes } of patches) {
      if (!Buffer.from(bytes).equals(await read(offset, bytes.length))) {
        throw new CommandFailure(`${path}: what was written at ${offset} reads otherwise: check the disk`);
      }
    }
  };
  return { size, read, write };
};

/** Runs some work on an ISO. @throws CommandFailure when it is not a file that may be written */
export const withIso = async <T>(path: string, work: (iso: IsoFile) => Promise<T>): Promise<T> => {
  const handle = await open(path, 'r+').catch((cause) => Promise.reject(fileFailure(path, cause)));
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new CommandFailure(`${path}: it is not a file`);
    return await work(isoFile(handle, status.size, path));
  } finally {
    await handle.close();
  }
};
