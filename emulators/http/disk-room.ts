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

/** How long nothing is said after it was said once (milliseconds). */
const quietMs = 10 * 60_000;

type Say = (line: unknown) => void;

/** Says for the operator that the disk is full: once, and not for each request that is refused. */
export const fullDiskNotice = (say: Say = console.error, now: () => number = Date.now) => {
  let quietUntil = 0;
  return (): void => {
    if (now() < quietUntil) return;
    quietUntil = now() + quietMs;
    say(`${noRoom} What is to be stored is refused until there is room.`);
  };
};

/** Says for the operator what went wrong, with its trace, but of a full disk no more than that. */
export const operatorsReport = (say: Say = console.error, now?: () => number) => {
  const sayFull = fullDiskNotice(say, now);
  return (error: unknown): void => (isDiskFull(error) ? sayFull() : say(error));
};
