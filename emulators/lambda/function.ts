import type { FunctionIdentity } from './context.ts';
import type { EnvironmentPool } from './environment-pool.ts';
import type { TemporaryStorage } from './temporary-storage.ts';

/** A function as its template describes it, with the environments that run its code. */
export interface LocalFunction extends FunctionIdentity {
  readonly timeoutSeconds: number;
  readonly environments: EnvironmentPool;
  /** Without it the function cannot write to /tmp, or as much as it wants. */
  readonly temporary?: TemporaryStorage | undefined;
}
