import type { Context } from 'aws-lambda';

export type Handler = (event: unknown, context: Context) => unknown;

/** A function as its template describes it, with the code that answers for it. */
export interface LocalFunction {
  readonly name: string;
  readonly handler: Handler;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}
