interface Parallel<T> {
  readonly items: readonly T[];
  readonly atOnce: number;
  readonly signal: AbortSignal;
  readonly work: (item: T, signal: AbortSignal) => Promise<void>;
}

/**
 * Works on so many items at once. After a failure none is begun, and what is under way is stopped.
 *
 * @throws the first failure, when nothing is under way any more; the signal's reason
 */
export const inParallel = async <T>({ items, atOnce, signal, work }: Parallel<T>): Promise<void> => {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) {
      either.throwIfAborted();
      await work(item, either);
    }
  };
  const stopping = (error: unknown): void => failed.abort(error);
  await Promise.all(Array.from({ length: atOnce }, () => worker().catch(stopping)));
  either.throwIfAborted();
};
