import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isFromService, sdkMetadata, withoutMetadata } from '../metadata.ts';
import { taskError } from '../task-error.ts';
import type { TaskHandler } from './task-handler.ts';

type Operation = (client: DynamoDBClient, parameters: never) => Promise<Parameters<typeof sdkMetadata>[0]>;

// Parameters have the names and shapes of the DynamoDB API itself, which the client takes as they are. Binary attributes
// would be base64 text in a state machine and are not translated here.
const operations: Readonly<Record<string, Operation>> = {
  getItem: (client, parameters) => client.send(new GetItemCommand(parameters)),
  putItem: (client, parameters) => client.send(new PutItemCommand(parameters)),
  updateItem: (client, parameters) => client.send(new UpdateItemCommand(parameters)),
  deleteItem: (client, parameters) => client.send(new DeleteItemCommand(parameters)),
};

/** How one of the two integrations calls what went wrong. */
interface Naming {
  readonly prefix: string;
  /** Name of an error that the integration's SDK has no class for. */
  readonly generic: string;
}

const optimised: Naming = { prefix: 'DynamoDB', generic: 'AmazonDynamoDBException' };
const sdk: Naming = { prefix: 'DynamoDb', generic: 'DynamoDbException' };

const withoutClass = ['ValidationException', 'AccessDeniedException', 'UnrecognizedClientException'];

const errorName = ({ prefix, generic }: Naming, error: Error): string => {
  if (!isFromService(error)) return `${prefix}.SdkClientException`;
  if (withoutClass.includes(error.name)) return `${prefix}.${generic}`;
  return `${prefix}.${error.name.replace(/(Exception)?$/, 'Exception')}`;
};

const handler =
  (client: DynamoDBClient, operation: Operation, naming: Naming): TaskHandler =>
  async (parameters) => {
    try {
      // The service itself checks them.
      const output = await operation(client, parameters as never);
      const result = withoutMetadata(output);
      return naming === optimised ? { ...result, ...sdkMetadata(output) } : result;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw taskError(errorName(naming, error), error.message);
    }
  };

/** `arn:aws:states:::dynamodb:<operation>` and `arn:aws:states:::aws-sdk:dynamodb:<operation>`, for single items. */
export const dynamoDbTask = (client: DynamoDBClient, resource: string): TaskHandler | undefined => {
  const [, sdkPrefix, name = ''] = /^arn:aws:states:::(aws-sdk:)?dynamodb:(\w+)$/.exec(resource) ?? [];
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  return operation === undefined ? undefined : handler(client, operation, sdkPrefix === undefined ? optimised : sdk);
};
