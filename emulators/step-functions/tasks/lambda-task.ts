import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { isFromService, sdkMetadata } from '../metadata.ts';
import { taskError } from '../task-error.ts';
import type { TaskHandler } from './task-handler.ts';

const parametersSchema = z.strictObject({ FunctionName: z.string(), Payload: z.unknown().optional() });
const functionErrorSchema = z.looseObject({ errorType: z.string().optional() });

const serviceError = (error: unknown): Error => {
  if (!(error instanceof Error)) return taskError('Lambda.Unknown', String(error));
  if (!isFromService(error)) return taskError('Lambda.SdkClientException', error.message);
  return taskError(`Lambda.${error.name}`, error.message);
};

/** A function's own failure keeps its type as the error's name; the whole answer is the cause. */
const functionError = (answer: string): Error => {
  const { errorType = 'Lambda.Unknown' } = functionErrorSchema.parse(JSON.parse(answer));
  return taskError(errorType, answer);
};

/** `arn:aws:states:::lambda:invoke` with the parameters FunctionName and Payload. */
export const lambdaTask = (client: LambdaClient, resource: string): TaskHandler | undefined => {
  if (resource !== 'arn:aws:states:::lambda:invoke') return undefined;
  return async (parameters) => {
    const { FunctionName, Payload = {} } = parametersSchema.parse(parameters);
    const output = await client
      .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(Payload) }))
      .catch((error: unknown) => {
        throw serviceError(error);
      });
    const answer = output.Payload?.transformToString() ?? 'null';
    if (output.FunctionError !== undefined) throw functionError(answer);
    return {
      ExecutedVersion: output.ExecutedVersion,
      Payload: JSON.parse(answer),
      StatusCode: output.StatusCode,
      ...sdkMetadata(output),
    };
  };
};
