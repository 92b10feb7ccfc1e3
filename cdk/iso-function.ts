import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Settings } from './deployment-settings.ts';
import { allow, allowObjects } from './permissions.ts';
import { zipFunction } from './service-function.ts';
import { artifactKeys, baseIsoKeys, isoKeys, type Storage } from './storage.ts';

/** Ends before the 180 s that prepare-media waits for a step. */
const timeout = Duration.seconds(170);

const grantAccess = (lambda: LambdaFunction, { table, artifacts, artifactsKey, releases }: Storage): void => {
  allow(lambda, {
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    resources: [table.tableArn],
  });
  allow(lambda, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [artifactsKey.keyArn] });
  allowObjects(lambda, {
    actions: ['s3:GetObject'],
    bucket: artifacts,
    keys: artifactKeys,
    reason: 'It puts ignitions into ISOs, whose keys are not known before',
  });
  allowObjects(lambda, {
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListMultipartUploadParts'],
    bucket: artifacts,
    keys: isoKeys,
    reason: 'An ISO is named by its infra-env and its content, which are not known before',
  });
  allowObjects(lambda, {
    actions: ['s3:GetObject'],
    bucket: releases,
    keys: baseIsoKeys,
    reason: 'Operators add base ISOs at any time',
  });
  // Without the right to list, S3 answers 403 instead of 404 where there is no object.
  allow(lambda, { actions: ['s3:ListBucket'], resources: [artifacts.bucketArn, releases.bucketArn] });
};

/** The steps of a composition that Step Functions cannot do itself. */
export const createIsoFunction = (
  scope: Construct,
  storage: Storage,
  { compositionsPerUserAndHour }: Settings,
): LambdaFunction => {
  const lambda = zipFunction(scope, {
    name: 'iso',
    memorySize: 1024,
    timeout,
    environment: {
      TABLE_NAME: storage.table.tableName,
      ARTIFACTS_BUCKET: storage.artifacts.bucketName,
      RELEASES_BUCKET: storage.releases.bucketName,
      COMPOSITIONS_PER_USER_AND_HOUR: String(compositionsPerUserAndHour),
    },
  });
  grantAccess(lambda, storage);
  return lambda;
};
