import {
  type Definition,
  readDefinition,
  type State,
  statesOf,
  type TaskState,
} from '#emulators/step-functions/definition.ts';
import { type Outcome, run } from '#emulators/step-functions/run-definition.ts';
import { taskError } from '#emulators/step-functions/task-error.ts';
import { definitionText, type MachineName, machineNames } from '#statemachines/definition.ts';

export const substitutions = {
  Partition: 'aws',
  TableName: 'ove-ignition-table',
  PrepareMediaArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:prepare-media',
  ArtifactsBucket: 'ove-ignition-artifacts',
  ReleasesBucket: 'ove-ignition-releases',
  IgnitionFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:ignition',
  IsoFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:iso',
};

const definitions = new Map(
  machineNames.map((name) => [
    name,
    readDefinition({ name, type: 'EXPRESS', definition: definitionText(name), substitutions }),
  ]),
);

export const definitionOf = (name: MachineName): Definition => {
  const definition = definitions.get(name);
  if (definition === undefined) throw new Error(`no state machine ${name}`);
  return definition;
};

const isTask = (entry: [string, State]): entry is [string, TaskState] => entry[1].Type === 'Task';

/** Names of the Task states. */
export const tasksOf = (name: MachineName): [string, TaskState][] => statesOf(definitionOf(name)).filter(isTask);

export type Task = (parameters: unknown) => Promise<unknown>;
export type Tasks = Readonly<Record<string, Task>>;

export interface Trace {
  readonly outcome: Outcome;
  /** The Task states in the order in which they were called, repetitions included. */
  readonly calls: readonly string[];
  readonly parametersOf: (task: string) => unknown;
}

/** Runs a state machine with the given tasks; retries wait for nothing. */
export const runMachine = async (name: MachineName, tasks: Tasks, input: object): Promise<Trace> => {
  const calls: [string, unknown][] = [];
  const recorded = Object.entries(tasks).map(([task, handler]): [string, Task] => [
    task,
    (parameters) => {
      calls.push([task, parameters]);
      return handler(parameters);
    },
  ]);
  const definition = definitionOf(name);
  const outcome = await run({
    definition,
    handlers: Object.fromEntries(recorded),
    input,
    context: {},
    retryIntervals: Object.fromEntries(statesOf(definition).map(([state]) => [state, 0])),
  });
  return {
    outcome,
    calls: calls.map(([task]) => task),
    parametersOf: (task) => calls.find(([called]) => called === task)?.[1],
  };
};

export const succeeding =
  (result: unknown = {}): Task =>
  async () =>
    result;

export const failing =
  (error: string): Task =>
  async () => {
    throw taskError(error, `the cause of ${error}`);
  };

/** Fails so many times, then does what the other does. */
export const failingFirst = (times: number, error: string, then: Task): Task => {
  let left = times;
  return (parameters) => {
    left -= 1;
    return left < 0 ? then(parameters) : failing(error)(parameters);
  };
};

/** What no Retry or Catch sees: the execution itself ends here, as when its host is gone. */
export const crash = (): never => {
  throw Object.assign(new Error('crash'), { isRetryable: false, isCatchable: false });
};
