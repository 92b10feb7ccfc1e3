import type { Context } from 'aws-lambda';
import { type FunctionIdentity, invocationContext } from './context.ts';

export type Handler = (event: unknown, context: Context) => unknown;

export interface Invocation {
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

/** A function's own failure, as Lambda answers it. The stack trace stays out of it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** `payload` is JSON text. */
export type HandlerAnswer = { readonly payload: string } | { readonly functionError: FunctionError };

/** Bytes of a request or an answer of a synchronous invocation. */
export const payloadLimit = 6 * 1024 * 1024;

export const thrown = (error: unknown): FunctionError =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: typeof error, errorMessage: String(error) };

const tooLarge = (bytes: number): FunctionError => ({
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${payloadLimit} bytes).`,
});

/** Runs a handler on one event, JSON in and JSON out; what it throws is an answer too. */
export const runHandler = async (
  handler: Handler,
  identity: FunctionIdentity,
  { payload, ...times }: Invocation,
): Promise<HandlerAnswer> => {
  try {
    const answer = JSON.stringify((await handler(JSON.parse(payload), invocationContext(identity, times))) ?? null);
    const bytes = Buffer.byteLength(answer);
    return bytes > payloadLimit ? { functionError: tooLarge(bytes) } : { payload: answer };
  } catch (error) {
    return { functionError: thrown(error) };
  }
};
