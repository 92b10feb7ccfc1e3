import * as z from 'zod';
import type { MachineSource } from '#emulators/step-functions/definition.ts';
import type { Template } from './template/template.ts';

const machineSchema = z.object({
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.string()).default({}),
  StateMachineType: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
});

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** The state machines of a template. */
export const machinesOf = (template: Template): readonly MachineSource[] =>
  template.ofType('AWS::StepFunctions::StateMachine').map(({ ref, properties }) => {
    const { DefinitionString, DefinitionSubstitutions, StateMachineType } = machineSchema.parse(properties);
    return {
      name: nameOf(ref),
      type: StateMachineType,
      definition: DefinitionString,
      substitutions: DefinitionSubstitutions,
    };
  });
