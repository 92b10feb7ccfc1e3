import type { HandlerAnswer, Invocation } from './handler-run.ts';

/** Where a function's code runs, one invocation at a time. */
export interface Environment {
  /** Resolves once the code is loaded, and also when it could not be: then the first invocation says so. */
  readonly ready: Promise<void>;
  /** An environment that ends meanwhile is a failure of the invocation; it never rejects. */
  readonly run: (invocation: Invocation) => Promise<HandlerAnswer>;
  readonly hasEnded: () => boolean;
  readonly ended: Promise<void>;
  /** Ends it, whatever it does. */
  readonly stop: () => Promise<void>;
}
