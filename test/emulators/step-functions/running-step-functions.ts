import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { startDynamoDb } from '#emulators/dynamodb/dynamodb-server.ts';
import { type Listening, listen } from '#emulators/http/listen.ts';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import { lambdaServer } from '#emulators/lambda/lambda-server.ts';
import type { StateMachineType } from '#emulators/step-functions/definition.ts';
import { stateMachineArn, stepFunctions } from '#emulators/step-functions/step-functions.ts';
import { stepFunctionsServer } from '#emulators/step-functions/step-functions-server.ts';
import { createTables } from '#local/template-tables.ts';
import { atEnd } from '#test/fakes/at-end.ts';
import { table } from '#test/local/table.ts';

export const access = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
};

interface Machine {
  readonly definition: object;
  readonly type?: StateMachineType;
}

const started = async (service: Promise<Listening>): Promise<string> => {
  const { endpoint, close } = await service;
  atEnd(close);
  return endpoint;
};

export const oneTask = (Resource: string, Parameters: object, rest: object = {}) => ({
  StartAt: 'Task',
  States: { Task: { Type: 'Task', Resource, Parameters, End: true, ...rest } },
});

/** A task on the function `greet`, with the name of the input. */
export const invoking = (rest: object = {}) =>
  oneTask('arn:aws:states:::lambda:invoke', { FunctionName: 'greet', Payload: { 'name.$': '$.name' } }, rest);

/** Step Functions, with a real table and functions that a test adds, until the file's tests have ended. */
export const runningStepFunctions = async () => {
  const functions = new Map<string, LocalFunction>();
  const dynamoDb = new DynamoDBClient({ ...access, endpoint: await started(startDynamoDb()) });
  const lambda = new LambdaClient({ ...access, endpoint: await started(listen(lambdaServer(functions))) });
  await createTables(dynamoDb, [table]);

  /** Step Functions with these state machines, behind its API. */
  const serving = async (machines: Readonly<Record<string, Machine>>, database = dynamoDb): Promise<SFNClient> => {
    const sources = Object.entries(machines).map(([name, { definition, type = 'EXPRESS' }]) => ({
      name,
      type,
      definition: JSON.stringify(definition),
    }));
    const clients = { dynamoDb: database, lambda, s3: new S3Client(access) };
    const service = stepFunctions(sources, () => ({ clients }));
    return new SFNClient({
      ...access,
      disableHostPrefix: true,
      endpoint: await started(listen(stepFunctionsServer(service))),
    });
  };

  const runSync = async (definition: object, input: object = {}, database = dynamoDb) => {
    const client = await serving({ machine: { definition } }, database);
    const execution = await client.send(
      new StartSyncExecutionCommand({ stateMachineArn: stateMachineArn('machine'), input: JSON.stringify(input) }),
    );
    return { ...execution, output: execution.output === undefined ? undefined : JSON.parse(execution.output) };
  };

  return { functions, dynamoDb, serving, runSync };
};
