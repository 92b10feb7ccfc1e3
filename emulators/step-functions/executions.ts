import type { Outcome } from './run-definition.ts';

/** One run of a state machine, while it lasts and for a while after. */
export interface Execution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  readonly startDate: Date;
  readonly finished: Promise<Outcome>;
  outcome?: Outcome;
  stopDate?: Date;
}

/** Executions by their ARN. Of the finished ones only the latest are kept. */
export interface Executions {
  readonly add: (execution: Execution) => void;
  readonly get: (executionArn: string) => Execution | undefined;
  /** Those that have not ended, the latest first. */
  readonly running: () => readonly Execution[];
  /** Resolves when none is running, those included that a running one starts. */
  readonly idle: () => Promise<void>;
}

/** @param keep how many finished executions are remembered */
export const executionRegistry = (keep: number): Executions => {
  const byArn = new Map<string, Execution>();
  const finished: string[] = [];

  const finish = (execution: Execution, outcome: Outcome): void => {
    execution.outcome = outcome;
    execution.stopDate = new Date();
    finished.push(execution.executionArn);
    if (finished.length > keep) byArn.delete(finished.shift() ?? '');
  };

  const running = (): readonly Execution[] =>
    [...byArn.values()].filter(({ outcome }) => outcome === undefined).reverse();

  return {
    running,
    add: (execution) => {
      byArn.set(execution.executionArn, execution);
      void execution.finished.then((outcome) => finish(execution, outcome));
    },
    get: (executionArn) => byArn.get(executionArn),
    idle: async () => {
      while (running().length > 0) await Promise.all(running().map(({ finished }) => finished));
    },
  };
};
