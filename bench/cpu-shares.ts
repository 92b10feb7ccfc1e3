// Whose work a request is: the stack's own process holds the emulators, its children the functions, theirs the programs.
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

interface ProcessTimes {
  readonly pid: number;
  readonly parent: number;
  /** Milliseconds of a core. */
  readonly own: number;
  /** Of its children that have ended. */
  readonly children: number;
}

/** What the processes of a stack have used so far; the first is the stack's own. */
export type Usage = readonly ProcessTimes[];

/** Milliseconds of a core for each request. */
export interface CpuShares {
  /** The emulators of AWS's services, the gateway included. */
  readonly emulators: number;
  readonly functions: number;
  /** openshift-install and nmstatectl. */
  readonly programs: number;
}

const millisecondsPerTick = 10;

/** From /proc/<pid>/stat, whose second field may hold blanks; undefined for a process that has ended. */
const timesOf = async (pid: number): Promise<ProcessTimes | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (stat === '') return undefined;
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
  return {
    pid,
    parent: fields[1] ?? 0,
    own: (user + system) * millisecondsPerTick,
    children: (childUser + childSystem) * millisecondsPerTick,
  };
};

const usageOf = async (stackPid: number): Promise<Usage> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(timesOf))).filter((times) => times !== undefined);
  return [...all.filter(({ pid }) => pid === stackPid), ...all.filter(({ parent }) => parent === stackPid)];
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What each request has used between two moments. A process that has ended meanwhile is left out. */
export const sharesPerRequest = (before: Usage, after: Usage, requests: number): CpuShares => {
  const used = after.map(({ pid, own, children }) => {
    const earlier = before.find((times) => times.pid === pid);
    return { own: own - (earlier?.own ?? 0), children: children - (earlier?.children ?? 0) };
  });
  const [stack, ...functions] = used;
  return {
    emulators: (stack?.own ?? 0) / requests,
    functions: sum(functions.map(({ own }) => own)) / requests,
    programs: sum(functions.map(({ children }) => children)) / requests,
  };
};

const total = ({ emulators, functions, programs }: CpuShares): number => emulators + functions + programs;

/** What AWS would not have: the emulators' part, from 0 to 1. */
export const emulatedPart = (shares: CpuShares): number => shares.emulators / total(shares);

/** Waits until a stack has no work left of what it was asked for. */
export const idleUsageOf = async (stackPid: number): Promise<Usage> => {
  let before = await usageOf(stackPid);
  for (;;) {
    await sleep(500);
    const now = await usageOf(stackPid);
    if (total(sharesPerRequest(before, now, 1)) <= 2 * millisecondsPerTick) return now;
    before = now;
  }
};
