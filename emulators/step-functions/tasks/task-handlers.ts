import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import { type Definition, statesOf, type TaskState } from '../definition.ts';
import { dynamoDbTask } from './dynamodb-task.ts';
import { lambdaTask } from './lambda-task.ts';
import { s3Task } from './s3-task.ts';
import { type StartExecution, startExecutionTask } from './start-execution-task.ts';
import type { TaskHandler } from './task-handler.ts';

/** What tasks are done with. */
export interface Integrations {
  readonly dynamoDb: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly startExecution: StartExecution;
}

const handlerOf = (integrations: Integrations, name: string, { Resource }: TaskState) => {
  const handler =
    dynamoDbTask(integrations.dynamoDb, Resource) ??
    lambdaTask(integrations.lambda, Resource) ??
    s3Task(integrations.s3, Resource) ??
    startExecutionTask(integrations.startExecution, Resource);
  if (handler === undefined) throw new Error(`state ${name}: the resource ${Resource} is not available here`);
  return handler;
};

/**
 * The handlers of every Task state, by the state's name.
 *
 * @throws Error when a resource is not among those that this stand-in has
 */
export const taskHandlers = (
  definition: Definition,
  integrations: Integrations,
): Readonly<Record<string, TaskHandler>> =>
  Object.fromEntries(
    statesOf(definition).flatMap(([name, state]) =>
      state.Type === 'Task' ? [[name, handlerOf(integrations, name, state)] as const] : [],
    ),
  );
