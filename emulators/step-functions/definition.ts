import type { StateMachineDefinition } from 'aws-local-stepfunctions';

export type StateMachineType = 'STANDARD' | 'EXPRESS';

export interface MachineSource {
  readonly name: string;
  readonly type: StateMachineType;
  /** Amazon States Language, JSON text, with `${Name}` where a substitution goes. */
  readonly definition: string;
  readonly substitutions?: Readonly<Record<string, string>>;
}

export type Definition = StateMachineDefinition;
export type State = Definition['States'][string];
export type TaskState = Extract<State, { Type: 'Task' }>;

const substituted = ({ name, definition, substitutions = {} }: MachineSource): string =>
  definition.replaceAll(/\$\{([A-Za-z0-9]+)\}/g, (_, key: string) => {
    const value = substitutions[key];
    if (value === undefined) throw new Error(`state machine ${name}: nothing to put in place of \${${key}}`);
    return JSON.stringify(value).slice(1, -1);
  });

// What the interpreter would silently get wrong. That a definition is valid at all is for a test and for AWS to find out.
const notInterpreted = [
  'Arguments',
  'Output',
  'Assign',
  'Items',
  'Condition',
  'HeartbeatSeconds',
  'HeartbeatSecondsPath',
];

const checkLanguage = (name: string, where: string, part: object): void => {
  if ('QueryLanguage' in part && part.QueryLanguage !== 'JSONPath') {
    throw new Error(`state machine ${name}: ${where} uses ${part.QueryLanguage}; only JSONPath is interpreted here`);
  }
  const field = notInterpreted.find((candidate) => candidate in part);
  if (field !== undefined) {
    throw new Error(`state machine ${name}: ${where} has the field ${field}, which is not interpreted here`);
  }
};

const nested = (state: State): readonly { readonly States: Record<string, State> }[] => {
  if (state.Type === 'Parallel') return state.Branches;
  if (state.Type !== 'Map') return [];
  const body = state.ItemProcessor ?? state.Iterator;
  return body === undefined ? [] : [body];
};

/** Every state by its name, those inside Map and Parallel too: names are unique in a state machine. */
export const statesOf = (machine: { readonly States: Record<string, State> }): [string, State][] =>
  Object.entries(machine.States).flatMap(([name, state]): [string, State][] => [
    [name, state],
    ...nested(state).flatMap(statesOf),
  ]);

/**
 * Reads a definition with its substitutions put in.
 *
 * @throws Error that names the state machine when it uses JSONata or variables, or a substitution is missing
 */
export const readDefinition = (source: MachineSource): Definition => {
  // Sound for a valid definition; see above.
  const definition = JSON.parse(substituted(source)) as Definition;
  checkLanguage(source.name, 'the definition', definition);
  for (const [name, state] of statesOf(definition)) checkLanguage(source.name, `state ${name}`, state);
  return definition;
};
