import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// The SDK itself finds an emulator through AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>. What it does not derive
// from them are two habits of AWS's own host names: buckets as subdomains, and StartSyncExecution's `sync-` prefix.
const hasOwnEndpoint = (service: 'S3' | 'SFN'): boolean =>
  (process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env.AWS_ENDPOINT_URL) !== undefined;

export const dynamoDb = (config: DynamoDBClientConfig = {}): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(config), { marshallOptions: { removeUndefinedValues: true } });

// Without WHEN_REQUIRED a presigned link would ask for checksums, which nobody who follows it computes or compares. Where a
// call is to have one, it says so itself.
export const s3 = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    forcePathStyle: hasOwnEndpoint('S3'),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...config,
  });

export const stepFunctions = (): SFNClient => new SFNClient({ disableHostPrefix: hasOwnEndpoint('SFN') });

export const kms = (): KMSClient => new KMSClient({});

export const lambda = (): LambdaClient => new LambdaClient({});
