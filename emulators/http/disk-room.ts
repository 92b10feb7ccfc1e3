import { statfs } from 'node:fs/promises';

/** Bytes that are free for this process on the file system of a folder. */
export const freeBytesOf = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Whether a write failed because the disk, or the share of it that the user may take, is full. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

export const noRoom = 'The disk of the data folder is full.';
