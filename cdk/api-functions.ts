import type { IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { allow, allowObjects } from './permissions.ts';
import { zipFunction } from './service-function.ts';
import { artifactKeys, type Storage } from './storage.ts';
import type { Workflows } from './workflows.ts';

/** Just under the 30 s after which API Gateway gives up: what is not answered by then must not go on. */
const timeout = Duration.seconds(29);

const grantApi = (lambda: LambdaFunction, { table, artifacts, pullSecretKey }: Storage, workflows: Workflows): void => {
  allow(lambda, {
    actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'].map((action) => `dynamodb:${action}`),
    resources: [table.tableArn],
  });
  allow(lambda, {
    actions: ['dynamodb:Query'],
    resources: [`${table.tableArn}/index/by-owner`, `${table.tableArn}/index/by-cluster`],
  });
  allow(lambda, { actions: ['kms:GenerateDataKey'], resources: [pullSecretKey.keyArn] });
  allow(lambda, {
    actions: ['states:StartSyncExecution'],
    resources: [workflows.disconnectedTransition.stateMachineArn],
  });
  allow(lambda, { actions: ['states:StartExecution'], resources: [workflows.prepareMedia.stateMachineArn] });
  allow(lambda, {
    actions: ['s3:ListBucket'],
    resources: [artifacts.bucketArn],
    conditions: { StringLike: { 's3:prefix': artifactKeys } },
  });
  allowObjects(lambda, {
    actions: ['s3:DeleteObject'],
    bucket: artifacts,
    keys: artifactKeys,
    reason: 'Deleting an infra-env deletes its artifacts, whose keys are not known before; reading is not allowed',
  });
};

interface ApiDependencies {
  readonly storage: Storage;
  readonly workflows: Workflows;
}

/** Everything but downloads. It encrypts pull secrets and cannot decrypt them; it deletes artifacts and cannot read them. */
export const createApiFunction = (scope: Construct, { storage, workflows }: ApiDependencies): LambdaFunction => {
  const lambda = zipFunction(scope, {
    name: 'api',
    memorySize: 1024,
    timeout,
    environment: {
      TABLE_NAME: storage.table.tableName,
      ARTIFACTS_BUCKET: storage.artifacts.bucketName,
      PULL_SECRET_KEY_ARN: storage.pullSecretKey.keyArn,
      DISCONNECTED_TRANSITION_ARN: workflows.disconnectedTransition.stateMachineArn,
      PREPARE_MEDIA_ARN: workflows.prepareMedia.stateMachineArn,
    },
  });
  grantApi(lambda, storage, workflows);
  return lambda;
};

const grantDownloads = (
  lambda: LambdaFunction,
  { table, artifacts, artifactsKey }: Storage,
  ignition: IFunction,
): void => {
  allow(lambda, { actions: ['dynamodb:GetItem'], resources: [table.tableArn] });
  allow(lambda, { actions: ['lambda:InvokeFunction'], resources: [ignition.functionArn] });
  allowObjects(lambda, {
    actions: ['s3:GetObject'],
    bucket: artifacts,
    keys: artifactKeys,
    reason: 'It makes links to artifacts, whose keys are not known before',
  });
  // Without the right to list, S3 answers 403 instead of 404 where there is no object.
  allow(lambda, { actions: ['s3:ListBucket'], resources: [artifacts.bucketArn] });
  // A presigned link carries the rights of this role, decrypting the object included.
  allow(lambda, { actions: ['kms:Decrypt'], resources: [artifactsKey.keyArn] });
};

interface DownloadsDependencies {
  readonly storage: Storage;
  readonly ignition: IFunction;
}

/** Makes links to artifacts; the only function that reads them. */
export const createDownloadsFunction = (
  scope: Construct,
  { storage, ignition }: DownloadsDependencies,
): LambdaFunction => {
  const lambda = zipFunction(scope, {
    name: 'downloads',
    memorySize: 512,
    timeout,
    environment: {
      TABLE_NAME: storage.table.tableName,
      ARTIFACTS_BUCKET: storage.artifacts.bucketName,
      IGNITION_FUNCTION_NAME: ignition.functionName,
      LINK_SECONDS: String(Duration.minutes(15).toSeconds()),
    },
  });
  grantDownloads(lambda, storage, ignition);
  return lambda;
};
