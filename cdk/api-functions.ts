import type { IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Authentication } from './authentication.ts';
import type { Settings } from './deployment-settings.ts';
import { allow, allowExecutions, allowObjects } from './permissions.ts';
import { zipFunction } from './service-function.ts';
import type { Workflows } from './state-machines.ts';
import { artifactKeys, isoKeys, manifestKeys, type Storage } from './storage.ts';

/** Just under the 30 s after which API Gateway gives up: what is not answered by then must not go on. */
const timeout = Duration.seconds(29);

interface Access {
  readonly settings: Settings;
  readonly authentication: Authentication;
}

/** What the functions behind the HTTP API are given about who may call them. */
const accessEnvironment = ({ settings: { allowedDomains }, authentication }: Access, { imageTokenKey }: Storage) => ({
  AUTHENTICATION: authentication.kind,
  ...(authentication.kind === 'jwt'
    ? { JWT_ISSUER: authentication.issuer, JWT_AUDIENCE: authentication.audience.join(',') }
    : {}),
  IMAGE_TOKEN_KEY_ARN: imageTokenKey.keyArn,
  ...(allowedDomains === undefined ? {} : { ALLOWED_DOMAINS: allowedDomains.join(',') }),
});

const pageEnvironment = ({ pageClientId, pageSignInOrigins }: Settings) => ({
  ...(pageClientId === undefined ? {} : { PAGE_CLIENT_ID: pageClientId }),
  ...(pageSignInOrigins === undefined ? {} : { PAGE_SIGN_IN_ORIGINS: pageSignInOrigins.join(',') }),
});

/** The right to make and to check image tokens. */
const grantImageTokens = (lambda: LambdaFunction, { imageTokenKey }: Storage): void =>
  allow(lambda, { actions: ['kms:GenerateMac'], resources: [imageTokenKey.keyArn] });

/** Manifests lie beside the artifacts, under the same key; without the right to an object, the key opens nothing. */
const grantManifests = (lambda: LambdaFunction, { artifacts, artifactsKey }: Storage): void => {
  allowObjects(lambda, {
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    bucket: artifacts,
    keys: manifestKeys,
    reason: 'The API keeps the manifests of clusters, whose names are for the users to choose',
  });
  allow(lambda, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [artifactsKey.keyArn] });
};

/** The right to start prepare-media, and to ask whether it runs. */
const grantMedia = (lambda: LambdaFunction, machine: StateMachine): void => {
  allow(lambda, { actions: ['states:StartExecution'], resources: [machine.stateMachineArn] });
  allowExecutions(lambda, {
    actions: ['states:DescribeExecution'],
    machine,
    reason: 'An execution is named by its infra-env and revision, which are not known before',
  });
};

const grantApi = (lambda: LambdaFunction, storage: Storage, workflows: Workflows): void => {
  const { table, artifacts, pullSecretKey } = storage;
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
  grantMedia(lambda, workflows.prepareMedia);
  // Without this right S3 answers 403 instead of 404 where there is no object; a condition on the prefix would take it away
  // again, since only a listing has one.
  allow(lambda, { actions: ['s3:ListBucket'], resources: [artifacts.bucketArn] });
  for (const keys of [artifactKeys, isoKeys]) {
    allowObjects(lambda, {
      actions: ['s3:DeleteObject'],
      bucket: artifacts,
      keys,
      reason: 'Deleting an infra-env deletes its artifacts, whose keys are not known before; reading is not allowed',
    });
  }
  grantManifests(lambda, storage);
};

interface ApiDependencies {
  readonly storage: Storage;
  readonly workflows: Workflows;
  readonly ignition: IFunction;
  readonly access: Access;
}

/** Everything but downloads. It encrypts pull secrets and cannot decrypt them; it deletes artifacts and cannot read them. */
export const createApiFunction = (
  scope: Construct,
  { storage, workflows, ignition, access }: ApiDependencies,
): LambdaFunction => {
  const { publicUrl, statusNames, clustersPerUser, infraEnvsPerUser } = access.settings;
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
      IGNITION_FUNCTION_NAME: ignition.functionName,
      CLUSTERS_PER_USER: String(clustersPerUser),
      INFRA_ENVS_PER_USER: String(infraEnvsPerUser),
      ...(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl }),
      ...(statusNames === undefined ? {} : { STATUS_NAMES: statusNames }),
      ...pageEnvironment(access.settings),
      ...accessEnvironment(access, storage),
    },
  });
  grantApi(lambda, storage, workflows);
  allow(lambda, { actions: ['lambda:InvokeFunction'], resources: [ignition.functionArn] });
  grantImageTokens(lambda, storage);
  return lambda;
};

const grantDownloads = (
  lambda: LambdaFunction,
  { table, artifacts, artifactsKey }: Storage,
  { ignition, prepareMedia }: { ignition: IFunction; prepareMedia: StateMachine },
): void => {
  allow(lambda, { actions: ['dynamodb:GetItem'], resources: [table.tableArn] });
  // Which attempt at an ISO was the latest.
  allow(lambda, {
    actions: ['dynamodb:PutItem'],
    resources: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['infra-env#*'] } },
  });
  allow(lambda, { actions: ['lambda:InvokeFunction'], resources: [ignition.functionArn] });
  for (const { keys, actions } of [
    { keys: artifactKeys, actions: ['s3:GetObject'] },
    { keys: isoKeys, actions: ['s3:GetObject', 's3:ListMultipartUploadParts'] },
  ]) {
    allowObjects(lambda, {
      actions,
      bucket: artifacts,
      keys,
      reason: 'It makes links to artifacts and ISOs, whose keys are not known before',
    });
  }
  grantMedia(lambda, prepareMedia);
  // Without the right to list, S3 answers 403 instead of 404 where there is no object.
  allow(lambda, { actions: ['s3:ListBucket'], resources: [artifacts.bucketArn] });
  // A presigned link carries the rights of this role, decrypting the object included.
  allow(lambda, { actions: ['kms:Decrypt'], resources: [artifactsKey.keyArn] });
};

interface DownloadsDependencies {
  readonly storage: Storage;
  readonly workflows: Workflows;
  readonly ignition: IFunction;
  readonly access: Access;
}

/** Makes links to artifacts and ISOs, with its own right to read them. */
export const createDownloadsFunction = (
  scope: Construct,
  { storage, ignition, workflows, access }: DownloadsDependencies,
): LambdaFunction => {
  const lambda = zipFunction(scope, {
    name: 'downloads',
    memorySize: 512,
    timeout,
    environment: {
      TABLE_NAME: storage.table.tableName,
      ARTIFACTS_BUCKET: storage.artifacts.bucketName,
      IGNITION_FUNCTION_NAME: ignition.functionName,
      PREPARE_MEDIA_ARN: workflows.prepareMedia.stateMachineArn,
      LINK_SECONDS: String(Duration.minutes(15).toSeconds()),
      COMPOSITIONS_PER_USER_AND_HOUR: String(access.settings.compositionsPerUserAndHour),
      ...accessEnvironment(access, storage),
    },
  });
  grantDownloads(lambda, storage, { ignition, prepareMedia: workflows.prepareMedia });
  grantImageTokens(lambda, storage);
  return lambda;
};
