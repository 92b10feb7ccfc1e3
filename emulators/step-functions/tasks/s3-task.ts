import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { isFromService, withoutMetadata } from '../metadata.ts';
import { taskError } from '../task-error.ts';
import type { TaskHandler } from './task-handler.ts';

type Operation = (client: S3Client, parameters: never) => Promise<Parameters<typeof withoutMetadata>[0]>;

// Parameters have the names and shapes of the S3 API itself, which the client takes as they are.
const operations: Readonly<Record<string, Operation>> = {
  createMultipartUpload: (client, parameters) => client.send(new CreateMultipartUploadCommand(parameters)),
  uploadPartCopy: (client, parameters) => client.send(new UploadPartCopyCommand(parameters)),
  abortMultipartUpload: (client, parameters) => client.send(new AbortMultipartUploadCommand(parameters)),
};

// The errors that the integration's SDK has a class for; all others (a failed precondition, `SlowDown`) share one name.
const withClass = ['NoSuchBucket', 'NoSuchKey', 'NoSuchUpload'];

const errorName = (error: Error): string => {
  if (!isFromService(error)) return 'S3.SdkClientException';
  return withClass.includes(error.name) ? `S3.${error.name}Exception` : 'S3.S3Exception';
};

/** `arn:aws:states:::aws-sdk:s3:<operation>`, for the ones that move no content. */
export const s3Task = (client: S3Client, resource: string): TaskHandler | undefined => {
  const [, name = ''] = /^arn:aws:states:::aws-sdk:s3:(\w+)$/.exec(resource) ?? [];
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) return undefined;
  return async (parameters) => {
    try {
      // The service itself checks them. Dates would be text in a state machine.
      return JSON.parse(JSON.stringify(withoutMetadata(await operation(client, parameters as never))));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw taskError(errorName(error), error.message);
    }
  };
};
