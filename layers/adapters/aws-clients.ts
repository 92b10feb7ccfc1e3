import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// The SDK itself finds an emulator through AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>. What it does not derive
// from them are two habits of AWS's own host names: buckets as subdomains, and StartSyncExecution's `sync-` prefix.
const hasOwnEndpoint = (service: 'S3' | 'SFN'): boolean =>
  (process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env.AWS_ENDPOINT_URL) !== undefined;

export const dynamoDb = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });

// Without WHEN_REQUIRED a presigned GET would carry a checksum header that a browser or curl does not send.
export const s3 = (): S3Client =>
  new S3Client({ forcePathStyle: hasOwnEndpoint('S3'), requestChecksumCalculation: 'WHEN_REQUIRED' });

export const stepFunctions = (): SFNClient => new SFNClient({ disableHostPrefix: hasOwnEndpoint('SFN') });

export const lambda = (): LambdaClient => new LambdaClient({});
