/** Lets one task at a time run per name; others wait in the order they came. */
export type KeyLock = <T>(name: string, task: () => Promise<T>) => Promise<T>;

export const keyLock = (): KeyLock => {
  const tails = new Map<string, Promise<unknown>>();
  return async (name, task) => {
    const before = tails.get(name) ?? Promise.resolve();
    const turn = before.then(task, task);
    // The next in line waits for this one's end, good or bad; the error goes to this one's caller alone.
    const tail = turn.catch(() => {});
    tails.set(name, tail);
    try {
      return await turn;
    } finally {
      if (tails.get(name) === tail) tails.delete(name);
    }
  };
};
