import { readFile, watch } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { patience } from '#test/patience.ts';

/** Whether a process runs; one that has ended but was not collected yet does not. */
const isRunning = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
};

/** The first text that a file holds once it appears in its folder. */
const fileText = async (path: string): Promise<string> => {
  const changes = watch(dirname(path), { signal: AbortSignal.timeout(patience.timeout) });
  const present = await readFile(path, 'utf8').catch(() => undefined);
  if (present !== undefined) return present;
  for await (const { filename } of changes) {
    if (filename !== basename(path)) continue;
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  throw new Error(`${path} did not appear`);
};

export const pidsIn = async (path: string): Promise<number[]> => (await fileText(path)).trim().split('\n').map(Number);

/** The process that has started another one. @throws Error when it has ended */
export const parentOf = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const parent = Number(/\) \w (\d+) /.exec(stat)?.[1] ?? 0);
  if (parent <= 1) throw new Error(`the process that has started ${pid} has ended`);
  return parent;
};

/** Waits until none of them runs; the kernel takes a moment between a signal and a process's end. */
export const allEnded = async (pids: readonly number[]): Promise<boolean> => {
  const end = performance.now() + patience.timeout;
  while (performance.now() < end) {
    const running = await Promise.all(pids.map(isRunning));
    if (!running.includes(true)) return true;
    await setTimeout(patience.interval);
  }
  return false;
};
