import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { definitionText } from '#statemachines/definition.ts';
import { flat, only, type Resource, resourcesOf, synthesize } from './template.ts';

const machines = [
  { id: 'DisconnectedTransition', name: 'disconnected-transition', type: 'EXPRESS' },
  { id: 'PrepareMedia', name: 'prepare-media', type: 'STANDARD' },
] as const;

let template: Template;

beforeAll(() => {
  template = synthesize();
});

const machine = (id: string): Resource['Properties'] =>
  only(template, 'AWS::StepFunctions::StateMachine', id)[1].Properties;

it('there are two state machines', () => {
  expect(resourcesOf(template, 'AWS::StepFunctions::StateMachine')).toHaveLength(2);
});

describe.each(machines)('$name', ({ id, name, type }) => {
  it(`is of type ${type}`, () => {
    expect(machine(id).StateMachineType).toBe(type);
  });

  it('is the definition of its file', () => {
    expect(machine(id).DefinitionString).toBe(definitionText(name));
  });

  it('has a substitution for each placeholder, and no other', () => {
    const placeholders = machine(id).DefinitionString.matchAll(/\$\{(\w+)\}/g);
    const wanted = new Set([...placeholders].map(([, placeholder]) => placeholder));
    expect(new Set(Object.keys(machine(id).DefinitionSubstitutions))).toEqual(wanted);
  });

  it('is traced, and logged without the data of its executions', () => {
    expect(machine(id).TracingConfiguration).toEqual({ Enabled: true });
    const { Destinations, ...logging } = machine(id).LoggingConfiguration;
    expect(logging).toEqual({ IncludeExecutionData: false, Level: 'ALL' });
    expect(flat(Destinations[0].CloudWatchLogsLogGroup.LogGroupArn)).toMatch(new RegExp(`^${id}Log`));
  });
});

it.each([
  ['DisconnectedTransition', { Partition: /^AWS::Partition$/, TableName: /^Table/, PrepareMediaArn: /^PrepareMedia/ }],
  [
    'PrepareMedia',
    { Partition: /^AWS::Partition$/, TableName: /^Table/, IgnitionFunctionArn: /^IgnitionFunction.*\.Arn$/ },
  ],
])('%s works on this stack', (id, references) => {
  const substitutions = machine(id).DefinitionSubstitutions;
  for (const [placeholder, reference] of Object.entries(references)) {
    expect(flat(substitutions[placeholder])).toMatch(reference);
  }
});
