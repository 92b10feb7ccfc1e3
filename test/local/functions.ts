import type { Handler, LocalFunction } from '#emulators/lambda/function.ts';

/** A function for tests, with a generous timeout unless told otherwise. */
export const functionOf = (handler: Handler, rest: Partial<LocalFunction> = {}): LocalFunction => ({
  name: 'greet',
  handler,
  timeoutSeconds: 20,
  memoryMegabytes: 512,
  ...rest,
});

/** A handler that never answers. */
export const neverAnswering: Handler = () => new Promise(() => {});
