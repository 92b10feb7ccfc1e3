import type { FunctionIdentity } from '#emulators/lambda/context.ts';
import type { Environment } from '#emulators/lambda/environment.ts';
import { environmentPool } from '#emulators/lambda/environment-pool.ts';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import type { Handler } from '#emulators/lambda/handler-run.ts';
import { runHandler } from '#emulators/lambda/handler-run.ts';

/** Runs a handler of the test itself, in the test's process. */
const inThisProcess = (handler: Handler, identity: FunctionIdentity): Environment => {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let over = false;
  return {
    ready: Promise.resolve(),
    ended,
    hasEnded: () => over,
    run: (invocation) => runHandler(handler, identity, invocation),
    stop: async () => {
      over = true;
      resolve();
    },
  };
};

/** A function for tests, with a generous timeout and as many environments as anybody needs unless told otherwise. */
export const functionOf = (
  handler: Handler,
  { most = 100, ...rest }: Partial<LocalFunction> & { most?: number } = {},
): LocalFunction => {
  const identity = { name: 'greet', memoryMegabytes: 512, ...rest };
  const start = () => inThisProcess(handler, identity);
  return { timeoutSeconds: 20, environments: environmentPool({ start, most, patience: 0 }), ...identity };
};

/** A handler that never answers. */
export const neverAnswering: Handler = () => new Promise(() => {});
