import { readdirSync, readFileSync } from 'node:fs';

const processIds = (): readonly number[] => {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
};

// What a process was started with: it changes nothing here by changing its variables. Others' processes cannot be read.
const hasHome = (pid: number, home: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`HOME=${home}`);
  } catch {
    return false;
  }
};

const end = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

/** Between two looks a process may have started another one. */
const rounds = 3;

/**
 * Ends the processes that a program has left in sessions of their own, which no signal to its group reaches. They are found by
 * the HOME that they were started with. Reads synchronously: some milliseconds for hundreds of processes, a tenth of what the
 * same costs otherwise. It finds nothing where there is no /proc (macOS), nor a process whose environment was emptied for it.
 *
 * @param home of no other run that is still going on
 */
export const endStrays = (home: string): void => {
  for (let round = 0; round < rounds; round += 1) {
    const strays = processIds().filter((pid) => pid !== process.pid && hasHome(pid, home));
    if (strays.length === 0) return;
    strays.forEach(end);
  }
};
