import { chmod, copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailure } from '#adapters/command-failure.ts';
import { unpackInstaller } from '#adapters/release-mirror/unpack.ts';

interface FileAtHand {
  /** A binary, or a tar archive with it, gzipped or not. */
  readonly file: string;
  /** Folder for the binary. */
  readonly dir: string;
  readonly signal: AbortSignal;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EISDIR: 'it is a folder',
};

/** Why a file of the operator cannot be read. */
export const unreadable = (file: string, cause: unknown): CommandFailure => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new CommandFailure(`${file} cannot be read: ${reasons[code] ?? code}`, { cause });
};

/** Enough for the mark of a tar archive, which is at the end of its first header. */
const headBytes = 512;

const headOf = async (file: string): Promise<Buffer> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;
const isTar = (head: Buffer): boolean => head.toString('latin1', 257, 262) === 'ustar';

const isDamage = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && String(error.code).startsWith('Z_')) || /tar/i.test(error.message));

const unpack = async (
  archive: string,
  { gzipped, path, signal }: { gzipped: boolean; path: string; signal: AbortSignal },
) => {
  try {
    await unpackInstaller({ archive, gzipped, path, signal });
  } catch (cause) {
    throw isDamage(cause) ? new CommandFailure(`${archive} is damaged or cut off: get it again`, { cause }) : cause;
  }
};

/**
 * Makes an executable copy of the installer in a file, so that what is asked for its version, hashed and stored is the
 * same even if the file changes meanwhile.
 *
 * @returns its path
 * @throws CommandFailure
 */
export const installerFromFile = async ({ file, dir, signal }: FileAtHand): Promise<string> => {
  const path = join(dir, 'openshift-install');
  const head = await headOf(file).catch((cause) => Promise.reject(unreadable(file, cause)));
  if (isGzip(head) || isTar(head)) {
    await unpack(file, { gzipped: isGzip(head), path, signal });
    return path;
  }
  await copyFile(file, path);
  await chmod(path, 0o700);
  return path;
};
