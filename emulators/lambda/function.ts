import type { FunctionIdentity } from './context.ts';
import type { EnvironmentPool } from './environment-pool.ts';

/** A function as its template describes it, with the environments that run its code. */
export interface LocalFunction extends FunctionIdentity {
  readonly timeoutSeconds: number;
  readonly environments: EnvironmentPool;
}
