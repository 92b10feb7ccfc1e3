import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { statesOf, type TaskState } from '../definition.ts';
import { dynamoDbTask } from './dynamodb.ts';
import type { TaskHandler } from './handler.ts';
import { lambdaTask } from './lambda.ts';
import { type StartExecution, startExecutionTask } from './start-execution.ts';

/** What tasks are done with. */
export interface Integrations {
  readonly dynamoDb: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly startExecution: StartExecution;
}

const handlerOf = ({ dynamoDb, lambda, startExecution }: Integrations, name: string, { Resource }: TaskState) => {
  const handler =
    dynamoDbTask(dynamoDb, Resource) ?? lambdaTask(lambda, Resource) ?? startExecutionTask(startExecution, Resource);
  if (handler === undefined) throw new Error(`state ${name}: the resource ${Resource} is not available here`);
  return handler;
};

/**
 * The handlers of every Task state, by the state's name.
 *
 * @throws Error when a resource is not among those that this stand-in has
 */
export const taskHandlers = (
  definition: StateMachineDefinition,
  integrations: Integrations,
): Readonly<Record<string, TaskHandler>> =>
  Object.fromEntries(
    statesOf(definition).flatMap(([name, state]) =>
      state.Type === 'Task' ? [[name, handlerOf(integrations, name, state)] as const] : [],
    ),
  );
