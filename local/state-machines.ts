import * as z from 'zod';
import type { MachineSource } from '#emulators/step-functions/definition.ts';
import { roleName } from './roles.ts';
import type { Template } from './template/template.ts';

const machineSchema = z.object({
  RoleArn: z.string(),
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.string()).default({}),
  StateMachineType: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
});

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

interface LocalMachine extends MachineSource {
  /** Name of the role that its tasks act as. */
  readonly role: string;
}

/** The state machines of a template. */
export const machinesOf = (template: Template): readonly LocalMachine[] =>
  template.ofType('AWS::StepFunctions::StateMachine').map(({ ref, properties }) => {
    const { RoleArn, DefinitionString, DefinitionSubstitutions, StateMachineType } = machineSchema.parse(properties);
    return {
      role: roleName(RoleArn),
      name: nameOf(ref),
      type: StateMachineType,
      definition: DefinitionString,
      substitutions: DefinitionSubstitutions,
    };
  });
