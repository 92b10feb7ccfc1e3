import type { Environment } from './environment.ts';

interface PoolOptions {
  readonly start: () => Environment;
  /** How many there may be at once. */
  readonly most: number;
  /** How long an invocation waits for a busy environment before another one is started (milliseconds). */
  readonly patience?: number;
}

/** The environments of a function: one for each invocation that runs, started when it is needed. */
export interface EnvironmentPool {
  /** Starts the first environment before anybody asks for it, and resolves when it is ready. */
  readonly warm: () => Promise<void>;
  /**
   * Runs an action on an environment that nothing else runs on.
   *
   * @param waitAtMost while all that there may be are busy (milliseconds); for who is first in line the start of one is not counted
   * @returns undefined when none became free in that time, and at once when by the others' running times none will: the action
   *   has not run
   */
  readonly use: <Result>(
    action: (environment: Environment) => Promise<Result>,
    waitAtMost?: number,
  ) => Promise<Result | undefined>;
  /** Ends all of them, running invocations included. */
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly since: number;
  readonly take: (environment: Environment | undefined) => void;
}

// About what another process costs a core until it is ready: whoever waits as long for a busy one loses nothing by it.
const defaultPatience = 1_000;

/** What setTimeout takes at most: 24 days. */
const longestTimeout = 2 ** 31 - 1;

/** An environment beyond the first that nobody needed for so long is ended (milliseconds). */
const idleAtMost = 60_000;

/** How much the latest of the running times counts against all before it. */
const weightOfLatest = 0.2;

/** How long the actions have taken lately, in milliseconds; 0 before the first has ended. */
const runningTimes = () => {
  let mean = 0;
  return {
    mean: () => mean,
    measure: async <Result>(action: () => Promise<Result>): Promise<Result> => {
      const started = performance.now();
      try {
        return await action();
      } finally {
        const taken = performance.now() - started;
        mean = mean === 0 ? taken : mean + weightOfLatest * (taken - mean);
      }
    },
  };
};

export const environmentPool = ({ start, most, patience = defaultPatience }: PoolOptions): EnvironmentPool => {
  const all = new Set<Environment>();
  const idle = new Map<Environment, NodeJS.Timeout>();
  const waiting = new Set<Waiting>();
  const times = runningTimes();
  let starting = false;
  let closed = false;

  const rest = (environment: Environment): void => {
    const retire = () => {
      if (all.size > 1 && idle.delete(environment)) void environment.stop();
    };
    idle.set(environment, setTimeout(retire, idleAtMost).unref());
  };

  const offer = (environment: Environment): void => {
    const [next] = waiting;
    if (next !== undefined) {
      waiting.delete(next);
      next.take(environment);
    } else if (!environment.hasEnded()) rest(environment);
  };

  const forget = (environment: Environment): void => {
    clearTimeout(idle.get(environment));
    idle.delete(environment);
    all.delete(environment);
    grow();
  };

  const add = async (): Promise<void> => {
    starting = true;
    const environment = start();
    all.add(environment);
    void environment.ended.then(() => forget(environment));
    await environment.ready;
    starting = false;
    offer(environment);
    grow();
  };

  // One after the other: the first of several may already be enough.
  const grow = (): void => {
    const [first] = waiting;
    if (first === undefined || starting || closed || all.size >= most) return;
    if (all.size === 0 || performance.now() - first.since >= patience) void add();
  };

  // The one that was used last: what it remembers is the freshest, and the others may be ended.
  const idleOne = (): Environment | undefined => {
    const latest = [...idle.keys()].at(-1);
    if (latest === undefined) return undefined;
    clearTimeout(idle.get(latest));
    idle.delete(latest);
    return latest;
  };

  /** Whoever comes next waits until all that came before are through: what cannot end well is to end now. */
  const isHopeless = (waitAtMost: number): boolean => (times.mean() * (waiting.size + 1)) / most > waitAtMost;

  const wait = (atMost: number): Promise<Environment | undefined> => {
    const { promise, resolve } = Promise.withResolvers<Environment | undefined>();
    const entry: Waiting = { since: performance.now(), take: resolve };
    waiting.add(entry);
    grow();
    const growth = setTimeout(grow, patience);
    const giveUp = () => {
      const [first] = waiting;
      if (first === entry && (starting || all.size < most)) limit.refresh();
      else if (waiting.delete(entry)) resolve(undefined);
    };
    const limit = setTimeout(giveUp, atMost);
    return promise.finally(() => {
      clearTimeout(growth);
      clearTimeout(limit);
    });
  };

  return {
    warm: async () => {
      if (all.size === 0 && !closed) await add();
    },
    use: async (action, waitAtMost = longestTimeout) => {
      const environment = closed
        ? undefined
        : (idleOne() ?? (isHopeless(waitAtMost) ? undefined : await wait(waitAtMost)));
      if (environment === undefined) return undefined;
      try {
        return await times.measure(() => action(environment));
      } finally {
        if (!environment.hasEnded()) offer(environment);
      }
    },
    close: async () => {
      closed = true;
      for (const { take } of waiting) take(undefined);
      waiting.clear();
      await Promise.all([...all].map(({ stop }) => stop()));
    },
  };
};
