import { randomUUID } from 'node:crypto';
import { arn } from '../account.ts';
import { serviceException } from '../http/aws-json.ts';
import { type MachineSource, readDefinition, type StateMachineType } from './definition.ts';
import { type Execution, executionRegistry } from './executions.ts';
import { type Outcome, run } from './run-definition.ts';
import { type Integrations, taskHandlers } from './tasks/task-handlers.ts';

interface StartRequest {
  readonly stateMachineArn: string;
  readonly name?: string | undefined;
  /** JSON text. */
  readonly input?: string | undefined;
}

/** Step Functions as far as this project calls it. Refusals are ServiceExceptions named as in AWS. */
export interface StepFunctions {
  readonly start: (request: StartRequest) => Promise<Execution>;
  /** Express state machines only; resolves when the execution has ended. */
  readonly startSync: (request: StartRequest) => Promise<Execution>;
  readonly describe: (executionArn: string) => Execution;
  /** Of a state machine, the latest first. */
  readonly running: (stateMachineArn: string) => readonly Execution[];
  /** Resolves when no execution is running. */
  readonly idle: () => Promise<void>;
}

type Clients = Omit<Integrations, 'startExecution'>;

/** As whom the tasks of a state machine call. */
export interface TaskIdentity {
  readonly clients: Clients;
  /** Why it may not start executions of a state machine; undefined when it may. */
  readonly refusalToStart?: (stateMachineArn: string) => string | undefined;
}

interface Machine {
  readonly name: string;
  readonly type: StateMachineType;
  readonly run: (input: unknown, context: Parameters<typeof run>[0]['context']) => Promise<Outcome>;
}

const finishedKept = 1_000;
const validName = /^[0-9A-Za-z_-]{1,80}$/;

export const stateMachineArn = (name: string): string => arn('states', `stateMachine:${name}`);

const parse = (input: string): unknown => {
  try {
    return JSON.parse(input);
  } catch {
    throw serviceException('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is not JSON');
  }
};

const load = (source: MachineSource, integrations: Integrations): Machine => {
  const definition = readDefinition(source);
  const handlers = taskHandlers(definition, integrations);
  return { ...source, run: (input, context) => run({ definition, handlers, input, context }) };
};

/**
 * Loads the state machines; they find each other by `stateMachineArn`.
 *
 * @throws Error that names the state machine which cannot be run here, and why
 */
export const stepFunctions = <Source extends MachineSource>(
  sources: readonly Source[],
  identityOf: (source: Source) => TaskIdentity,
): StepFunctions => {
  const executions = executionRegistry(finishedKept);

  const begin = (machine: Machine, request: StartRequest, executionArn: string): Execution => {
    const startDate = new Date();
    const { stateMachineArn, name = randomUUID(), input = '{}' } = request;
    const context = {
      Execution: { Id: executionArn, Name: name, StartTime: startDate.toISOString() },
      StateMachine: { Id: stateMachineArn, Name: machine.name },
    };
    const finished = machine.run(parse(input), context);
    const execution: Execution = { executionArn, stateMachineArn, name, input, startDate, finished };
    executions.add(execution);
    return execution;
  };

  const find = ({ stateMachineArn, name }: StartRequest): Machine => {
    const machine = machines.get(stateMachineArn);
    if (!machine)
      throw serviceException('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
    if (name !== undefined && !validName.test(name)) throw serviceException('InvalidName', `Invalid Name: '${name}'`);
    return machine;
  };

  const express = (machine: Machine, request: StartRequest): Execution => {
    const name = request.name ?? randomUUID();
    return begin(machine, { ...request, name }, arn('states', `express:${machine.name}:${name}:${randomUUID()}`));
  };

  // The name of a Standard execution is taken for good; only asking for the very same one while it runs is not an error.
  const standard = (machine: Machine, request: StartRequest): Execution => {
    const name = request.name ?? randomUUID();
    const executionArn = arn('states', `execution:${machine.name}:${name}`);
    const existing = executions.get(executionArn);
    if (existing === undefined) return begin(machine, { ...request, name }, executionArn);
    if (existing.outcome === undefined && existing.input === (request.input ?? '{}')) return existing;
    throw serviceException('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
  };

  const start: StepFunctions['start'] = async (request) => {
    const machine = find(request);
    return machine.type === 'EXPRESS' ? express(machine, request) : standard(machine, request);
  };

  const startSync: StepFunctions['startSync'] = async (request) => {
    const machine = find(request);
    if (machine.type !== 'EXPRESS') {
      throw serviceException(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    }
    const execution = express(machine, request);
    await execution.finished;
    return execution;
  };

  const integrationsOf = (source: Source): Integrations => {
    const { clients, refusalToStart } = identityOf(source);
    const startExecution: StepFunctions['start'] = async (request) => {
      const refusal = refusalToStart?.(request.stateMachineArn);
      if (refusal !== undefined) throw serviceException('AccessDeniedException', refusal);
      return start(request);
    };
    return { ...clients, startExecution };
  };

  const machines: ReadonlyMap<string, Machine> = new Map(
    sources.map((source) => [stateMachineArn(source.name), load(source, integrationsOf(source))]),
  );

  return {
    start,
    startSync,
    idle: () => executions.idle(),
    running: (arn) => executions.running().filter(({ stateMachineArn }) => stateMachineArn === arn),
    describe: (executionArn) => {
      const execution = executions.get(executionArn);
      if (!execution) throw serviceException('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
      return execution;
    },
  };
};
