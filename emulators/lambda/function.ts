import type { Context } from 'aws-lambda';
import type { EnvironmentPool } from './environment-pool.ts';

export type Handler = (event: unknown, context: Context) => unknown;

/** What a handler learns of its function from its context. */
export interface FunctionIdentity {
  readonly name: string;
  readonly memoryMegabytes: number;
}

/** A function as its template describes it, with the environments that run its code. */
export interface LocalFunction extends FunctionIdentity {
  readonly timeoutSeconds: number;
  readonly environments: EnvironmentPool;
}
