import { describe, expect, test, vi } from 'vitest';
import type { Environment } from '#emulators/lambda/environment.ts';
import { environmentPool } from '#emulators/lambda/environment-pool.ts';

/** An environment that is ready and ends when the test says so. */
const controlled = (name: string) => {
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let over = false;
  const end = async () => {
    over = true;
    ready.resolve();
    ended.resolve();
  };
  const environment: Environment = {
    ready: ready.promise,
    ended: ended.promise,
    hasEnded: () => over,
    run: async () => ({ payload: JSON.stringify(name) }),
    stop: end,
  };
  return { environment, becomeReady: ready.resolve, end };
};

/** A pool over environments `0`, `1` …, which are ready at once unless told otherwise. */
const poolOf = ({ most = 3, patience = 0, prompt = true } = {}) => {
  const started: ReturnType<typeof controlled>[] = [];
  const start = () => {
    const next = controlled(String(started.length));
    started.push(next);
    if (prompt) next.becomeReady();
    return next.environment;
  };
  return { started, pool: environmentPool({ start, most, patience }) };
};

const nameOf = async ({ run }: Environment): Promise<string> => {
  const answer = await run({ requestId: 'r1', payload: '{}', deadline: 0 });
  return 'payload' in answer ? JSON.parse(answer.payload) : '';
};

/** Holds an environment until it is let go. */
const holding = (pool: ReturnType<typeof poolOf>['pool'], waitAtMost?: number) => {
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  const used = Promise.withResolvers<string>();
  const done = pool.use(async (environment) => {
    used.resolve(await nameOf(environment));
    await promise;
    return 'done';
  }, waitAtMost);
  return { name: used.promise, letGo, done };
};

describe('a pool of environments', () => {
  test('starts none before it is asked for one, and uses it again', async () => {
    const { pool, started } = poolOf();
    expect(started).toHaveLength(0);
    expect(await pool.use(nameOf)).toBe('0');
    expect(await pool.use(nameOf)).toBe('0');
    expect(started).toHaveLength(1);
  });

  test('has one ready when it was warmed', async () => {
    const { pool, started } = poolOf();
    await Promise.all([pool.warm(), pool.warm()]);
    expect(started).toHaveLength(1);
    expect(await pool.use(nameOf)).toBe('0');
  });

  test('lets nothing else run where something runs', async () => {
    const { pool } = poolOf();
    const first = holding(pool);
    expect(await first.name).toBe('0');
    const second = holding(pool);
    expect(await second.name).toBe('1');
    first.letGo();
    second.letGo();
    expect([await first.done, await second.done]).toEqual(['done', 'done']);
  });

  test('starts no other one for a wait that is shorter than its patience', async () => {
    const { pool, started } = poolOf({ patience: 10_000 });
    const first = holding(pool);
    await first.name;
    const second = holding(pool);
    first.letGo();
    expect(await second.name).toBe('0');
    second.letGo();
    expect(started).toHaveLength(1);
  });

  test('starts one after the other, and gives whatever is free first to who waits longest', async () => {
    const { pool, started } = poolOf({ prompt: false });
    const uses = [holding(pool), holding(pool)];
    await vi.waitFor(() => expect(started).toHaveLength(1));
    started[0]?.becomeReady();
    expect(await uses[0]?.name).toBe('0');
    await vi.waitFor(() => expect(started).toHaveLength(2));
    uses[0]?.letGo();
    expect(await uses[1]?.name).toBe('0');
    started[1]?.becomeReady();
    uses[1]?.letGo();
    await uses[1]?.done;
  });

  test('never has more than it may, and tells who has waited too long that nothing was done', async () => {
    const { pool, started } = poolOf({ most: 2 });
    const held = [holding(pool), holding(pool)];
    await Promise.all(held.map(({ name }) => name));
    const action = vi.fn(nameOf);
    expect(await pool.use(action, 20)).toBeUndefined();
    expect(action).not.toHaveBeenCalled();
    expect(started).toHaveLength(2);
    for (const { letGo } of held) letGo();
    expect(await pool.use(nameOf, 20)).toBeDefined();
  });

  test('refuses at once who would wait too long, by how long the others have taken', async () => {
    const { pool } = poolOf({ most: 1 });
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    await pool.use(async () => {
      now += 10_000;
    });
    clock.mockRestore();
    const first = holding(pool);
    await first.name;
    const second = holding(pool, 60_000);
    expect(await pool.use(nameOf, 19_000)).toBeUndefined();
    for (const { letGo } of [first, second]) letGo();
    expect(await second.done).toBe('done');
  });

  test('counts no wait for one that starts', async () => {
    const { pool, started } = poolOf({ prompt: false, most: 1 });
    const use = pool.use(nameOf, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    started[0]?.becomeReady();
    expect(await use).toBe('0');
  });

  test('lets nobody but the first in line wait for one that starts', async () => {
    const { pool, started } = poolOf({ prompt: false, most: 1 });
    const first = pool.use(nameOf, 1);
    expect(await pool.use(nameOf, 1)).toBeUndefined();
    started[0]?.becomeReady();
    expect(await first).toBe('0');
  });

  test('replaces one that has ended, at work or idle', async () => {
    const { pool, started } = poolOf({ most: 1 });
    const first = holding(pool);
    await first.name;
    const second = pool.use(nameOf);
    await started[0]?.end();
    first.letGo();
    expect(await second).toBe('1');
    await started[1]?.end();
    expect(await pool.use(nameOf)).toBe('2');
  });

  test('passes one on that could not be loaded, since the invocation has to say why', async () => {
    const { pool, started } = poolOf({ prompt: false });
    const use = pool.use(nameOf);
    await started[0]?.end();
    expect(await use).toBe('0');
  });

  test('keeps the first idle one and ends the others after a minute', async () => {
    vi.useFakeTimers();
    const { pool, started } = poolOf();
    const held = [holding(pool), holding(pool)];
    await vi.advanceTimersByTimeAsync(1);
    for (const { letGo } of held) letGo();
    await vi.advanceTimersByTimeAsync(61_000);
    expect(started.map(({ environment }) => environment.hasEnded()).toSorted()).toEqual([false, true]);
    vi.useRealTimers();
    expect(await pool.use(nameOf)).toBeDefined();
    expect(started).toHaveLength(2);
  });

  test('runs nothing once it is closed, and has ended everything', async () => {
    const { pool, started } = poolOf({ most: 1 });
    const running = holding(pool);
    await running.name;
    const waiting = pool.use(nameOf);
    await pool.close();
    expect(await waiting).toBeUndefined();
    expect(await pool.use(nameOf)).toBeUndefined();
    await pool.warm();
    expect(started).toHaveLength(1);
    expect(started.every(({ environment }) => environment.hasEnded())).toBe(true);
    running.letGo();
  });
});
