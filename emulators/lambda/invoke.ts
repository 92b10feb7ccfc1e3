import { randomUUID } from 'node:crypto';
import { invocationContext } from './context.ts';
import type { LocalFunction } from './function.ts';

/** A function's own failure, as Lambda answers it. The stack trace stays out of it. */
interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}

export type InvocationResult =
  | { readonly requestId: string; readonly payload: string }
  | { readonly requestId: string; readonly functionError: FunctionError };

/** Bytes of a request or an answer of a synchronous invocation. */
export const payloadLimit = 6 * 1024 * 1024;

const thrown = (error: unknown): FunctionError =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: typeof error, errorMessage: String(error) };

const tooLarge = (bytes: number): FunctionError => ({
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${payloadLimit} bytes).`,
});

const timedOut = (requestId: string, seconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

const timeoutOf = (milliseconds: number) => {
  const { promise, resolve } = Promise.withResolvers<'timeout'>();
  const timer = setTimeout(() => resolve('timeout'), milliseconds);
  return { promise, cancel: () => clearTimeout(timer) };
};

/**
 * Runs a function's handler in this process on a copy of the event and waits for its answer, never longer than the
 * function's timeout. A handler that is over its time is left behind, since nothing here can stop it as Lambda does.
 *
 * @param payload JSON text
 */
export const invoke = async (target: LocalFunction, payload: string): Promise<InvocationResult> => {
  const requestId = randomUUID();
  const milliseconds = target.timeoutSeconds * 1000;
  const timeout = timeoutOf(milliseconds);
  const context = invocationContext(target, { requestId, deadline: Date.now() + milliseconds });
  const run = async (): Promise<InvocationResult> => {
    const answer = JSON.stringify((await target.handler(JSON.parse(payload), context)) ?? null);
    const bytes = Buffer.byteLength(answer);
    return bytes > payloadLimit ? { requestId, functionError: tooLarge(bytes) } : { requestId, payload: answer };
  };
  try {
    const result = await Promise.race([run(), timeout.promise]);
    return result === 'timeout' ? { requestId, functionError: timedOut(requestId, target.timeoutSeconds) } : result;
  } catch (error) {
    return { requestId, functionError: thrown(error) };
  } finally {
    timeout.cancel();
  }
};
