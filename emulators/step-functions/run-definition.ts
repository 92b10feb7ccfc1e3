import { ExecutionError, ExecutionTimeoutError, type RunOptions, StateMachine } from 'aws-local-stepfunctions';
import type { Definition } from './definition.ts';
import type { TaskHandler } from './tasks/task-handler.ts';

export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string }
  | { readonly status: 'TIMED_OUT'; readonly error: 'States.Timeout' };

interface Run {
  readonly definition: Pick<Definition, 'StartAt' | 'States'>;
  readonly handlers: Readonly<Record<string, TaskHandler>>;
  readonly input: unknown;
  readonly context: NonNullable<RunOptions['context']>;
  readonly retryIntervals?: NonNullable<NonNullable<RunOptions['overrides']>['retryIntervalOverrides']>;
}

type LocalHandlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>;
type Input = Parameters<StateMachine['run']>[0];

const outcomeOf = (error: unknown): Outcome => {
  if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT', error: 'States.Timeout' };
  if (error instanceof ExecutionError && error.cause instanceof Error) {
    return { status: 'FAILED', error: error.cause.name, cause: error.cause.message };
  }
  throw error;
};

/** Runs a state machine to its end; its failure is a value. */
export const run = async ({ definition, handlers, input, context, retryIntervals = {} }: Run): Promise<Outcome> => {
  // Not validated here: that takes half a second for each, and a test does it.
  const machine = new StateMachine(definition, { validationOptions: { noValidate: true } });
  const options: RunOptions = {
    context,
    // Both are JSON by then; the interpreter has no name for that type outside.
    overrides: { taskResourceLocalHandlers: handlers as LocalHandlers, retryIntervalOverrides: retryIntervals },
  };
  try {
    const output = await machine.run(input as Input, options).result;
    return { status: 'SUCCEEDED', output: JSON.stringify(output) };
  } catch (error) {
    return outcomeOf(error);
  }
};
