import * as z from 'zod';
import { sdkMetadata } from '../metadata.ts';
import { taskError } from '../task-error.ts';
import type { TaskHandler } from './task-handler.ts';

/** The StartExecution of this very service. @throws ServiceException */
export type StartExecution = (request: {
  stateMachineArn: string;
  name?: string | undefined;
  input?: string | undefined;
}) => Promise<{ executionArn: string; startDate: Date }>;

const parametersSchema = z.strictObject({
  StateMachineArn: z.string(),
  Name: z.string().optional(),
  Input: z.unknown().optional(),
});

const integrationError = (error: unknown): Error => {
  if (!(error instanceof Error)) return taskError('StepFunctions.AWSStepFunctionsException', String(error));
  return taskError(`StepFunctions.${error.name.replace(/(Exception)?$/, 'Exception')}`, error.message);
};

/** `arn:aws:states:::states:startExecution`: starts another execution and does not wait for it. */
export const startExecutionTask = (start: StartExecution, resource: string): TaskHandler | undefined => {
  if (resource !== 'arn:aws:states:::states:startExecution') return undefined;
  return async (parameters) => {
    const { StateMachineArn, Name, Input = {} } = parametersSchema.parse(parameters);
    const input = typeof Input === 'string' ? Input : JSON.stringify(Input);
    const started = await start({ stateMachineArn: StateMachineArn, name: Name, input }).catch((error: unknown) => {
      throw integrationError(error);
    });
    return {
      ExecutionArn: started.executionArn,
      StartDate: started.startDate.getTime() / 1000,
      ...sdkMetadata({ $metadata: {} }),
    };
  };
};
