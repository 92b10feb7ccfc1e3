import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '#domain/ports.ts';

/** Where the kernel says when a process started; without it (macOS) a process is known by its id alone. */
const statPath = (pid: number | 'self'): string => `/proc/${pid}/stat`;

// The 22nd field, in clock ticks since boot. The second one, the command's name, may itself hold blanks and brackets.
const startOf = (stat: string): string => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';

const ownStart = (): string => {
  try {
    return startOf(readFileSync(statPath('self'), 'utf8'));
  } catch {
    return '0';
  }
};

/**
 * Starts the names of this process's temporary files. Its start makes it differ from the mark of a killed process that
 * had the same id: a restarted Lambda sandbox keeps /tmp and hands out the same ids.
 */
export const processMark = `${process.pid}.${ownStart()}-`;

const markPattern = /^(?<pid>\d+)\.(?<start>\d+)-/;

const answersSignals = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const isLiving = async (pid: number, start: string): Promise<boolean> => {
  if (start === '0') return answersSignals(pid);
  return readFile(statPath(pid), 'utf8').then(
    (stat) => startOf(stat) === start,
    () => false,
  );
};

const isLeftover = async (name: string): Promise<boolean> => {
  const { pid, start } = markPattern.exec(name)?.groups ?? {};
  return pid !== undefined && start !== undefined && !(await isLiving(Number(pid), start));
};

interface Folder {
  readonly dir: string;
  readonly logger: Logger;
}

/**
 * Makes a folder (0700) and removes from it what killed processes left behind, never what a living one uses. The folder
 * is for processes that see each other's ids: one machine or one container. A failure is logged, never thrown.
 */
export const removeLeftovers = async ({ dir, logger }: Folder): Promise<void> => {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const names = await readdir(dir);
    const leftover = await Promise.all(names.map(isLeftover));
    const stale = names.filter((_, index) => leftover[index]);
    await Promise.all(stale.map((name) => rm(join(dir, name), { recursive: true, force: true })));
  } catch (error) {
    logger.warn('cannot remove what earlier processes left behind', { dir, ...codeOf(error) });
  }
};

/** The part of a file system's error that is worth logging. */
export const codeOf = (error: unknown): { readonly code?: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
