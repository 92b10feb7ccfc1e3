import { randomUUID } from 'node:crypto';
import type { Environment } from './environment.ts';
import type { LocalFunction } from './function.ts';
import type { FunctionError, HandlerAnswer, Invocation } from './handler-run.ts';
import { overflow } from './temporary-storage.ts';

/** `throttled`: no environment became free in the time that the caller waits, and nothing has run. */
export type InvocationResult = { readonly requestId: string } & (HandlerAnswer | { readonly throttled: true });

const timedOut = (requestId: string, seconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

const timeoutOf = (milliseconds: number) => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  return { promise, cancel: () => clearTimeout(timer) };
};

const runWithin = async (environment: Environment, seconds: number, invocation: Omit<Invocation, 'deadline'>) => {
  const timeout = timeoutOf(seconds * 1000);
  try {
    const answer = environment.run({ ...invocation, deadline: Date.now() + seconds * 1000 });
    const inTime = await Promise.race([answer, timeout.promise]);
    if (inTime !== undefined) return inTime;
    await environment.stop();
    return { functionError: timedOut(invocation.requestId, seconds) };
  } finally {
    timeout.cancel();
  }
};

/** The disk would have been full while it ran: what it answers is not what it would have been. */
const withinStorage = async ({ name, temporary }: LocalFunction, answer: HandlerAnswer): Promise<HandlerAnswer> => {
  if (temporary === undefined || 'functionError' in answer) return answer;
  const functionError = await overflow(name, temporary);
  return functionError === undefined ? answer : { functionError };
};

interface InvocationLimits {
  /** While all environments are busy (milliseconds); as long as it takes unless given. */
  readonly waitAtMost?: number;
  /** An environment is free, and the function runs from now on. */
  readonly onStart?: () => void;
}

/**
 * Runs a function's handler on an environment that is free and waits for its answer, never longer than the function's
 * timeout: an environment that is over its time is ended, with all that it does. It fails if more is left in /tmp than may be.
 *
 * @param payload JSON text
 */
export const invoke = async (
  target: LocalFunction,
  payload: string,
  { waitAtMost, onStart }: InvocationLimits = {},
): Promise<InvocationResult> => {
  const requestId = randomUUID();
  const run = async (environment: Environment) => {
    onStart?.();
    return withinStorage(target, await runWithin(environment, target.timeoutSeconds, { requestId, payload }));
  };
  const answer = await target.environments.use(run, waitAtMost);
  return { requestId, ...(answer ?? { throttled: true }) };
};
