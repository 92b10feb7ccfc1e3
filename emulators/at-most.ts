/** Waits for something, but not longer than this. What it was waited for goes on. */
export const atMost = (milliseconds: number, promise: Promise<void>): Promise<void> => {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
