import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Architecture, DockerImageCode, DockerImageFunction } from 'aws-cdk-lib/aws-lambda';
import { AssetStaging, Duration, Size } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { bundled } from './bundle.ts';
import type { Settings } from './deployment-settings.ts';
import { functionFolder } from './handler-bundle.ts';
import { allow, allowObjects } from './permissions.ts';
import { completeFunction, type Environments, functionBasis, runtimeEnvironment } from './service-function.ts';
import { artifactKeys, manifestKeys, type Storage } from './storage.ts';

const source = functionFolder('ignition');

/**
 * The image's build context, made at synth: the Dockerfile and the bundled handler. The image's hash then depends on
 * what goes into it alone, and the Dockerfile needs no package registry.
 */
const buildContext = (scope: Construct): string =>
  new AssetStaging(scope, 'IgnitionImageContext', {
    sourcePath: source,
    ...bundled('ignition', (folder) => copyFileSync(join(source, 'Dockerfile'), join(folder, 'Dockerfile'))),
  }).absoluteStagedPath;

/** @param bakedInstallers exact versions whose installers go into the image */
const imageCode = (scope: Construct, bakedInstallers: readonly string[]): DockerImageCode =>
  DockerImageCode.fromImageAsset(buildContext(scope), {
    platform: Platform.LINUX_AMD64,
    buildArgs: { OPENSHIFT_INSTALL_VERSIONS: bakedInstallers.join(' ') },
  });

/** Ends before the 120 s that prepare-media waits for it, so that no run outlives the workflow step that it serves. */
const timeout = Duration.seconds(110);

interface IgnitionFunction {
  readonly storage: Storage;
  readonly settings: Settings;
}

/** It keeps what belongs to an installation, removes it with an infra-env that went meanwhile, and keeps profiles. */
const tableActions = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

const grantAccess = (
  lambda: DockerImageFunction,
  { table, artifacts, artifactsKey, releases, pullSecretKey }: Storage,
): void => {
  allow(lambda, { actions: tableActions, resources: [table.tableArn] });
  allow(lambda, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [pullSecretKey.keyArn] });
  allow(lambda, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [artifactsKey.keyArn] });
  allowObjects(lambda, {
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    bucket: artifacts,
    keys: artifactKeys,
    reason: 'An artifact is named by its infra-env and revision, which are not known before',
  });
  allowObjects(lambda, {
    actions: ['s3:GetObject'],
    bucket: artifacts,
    keys: manifestKeys,
    reason: 'The ISO of a site carries the manifests of its cluster, whose names are for the users to choose',
  });
  allowObjects(lambda, {
    actions: ['s3:GetObject'],
    bucket: releases,
    keys: '*',
    reason: 'Operators add releases at any time',
  });
  // Without the right to list, S3 answers 403 instead of 404 where there is no object.
  allow(lambda, { actions: ['s3:ListBucket'], resources: [artifacts.bucketArn, releases.bucketArn] });
};

/** Of the 10 GiB of /tmp; the rest is for workspaces and a download under way. */
const cacheSize = Size.gibibytes(7);

const agentVariables = ({ serviceBaseUrl, agentImage, serviceCaCertificate }: Settings) => ({
  ...(serviceBaseUrl === undefined ? {} : { SERVICE_BASE_URL: serviceBaseUrl }),
  ...(agentImage === undefined ? {} : { AGENT_IMAGE: agentImage }),
  ...(serviceCaCertificate === undefined ? {} : { SERVICE_CA_CERTIFICATE: serviceCaCertificate }),
});

const environmentOf = (
  { table, artifacts, releases, pullSecretKey }: Storage,
  settings: Settings,
): Environments['ignition'] => ({
  TABLE_NAME: table.tableName,
  ARTIFACTS_BUCKET: artifacts.bucketName,
  RELEASES_BUCKET: releases.bucketName,
  PULL_SECRET_KEY_ARN: pullSecretKey.keyArn,
  INSTALLER_IMAGE_DIR: '/opt/openshift-install',
  INSTALLER_CACHE_DIR: '/tmp/installers',
  INSTALLER_CACHE_BYTES: String(cacheSize.toBytes()),
  WORKSPACE_DIR: '/tmp/workspaces',
  INSTALLER_TIMEOUT_SECONDS: '60',
  ...agentVariables(settings),
});

/**
 * The only function that may decrypt pull secrets. A container image, since it brings nmstatectl along and runs
 * binaries for linux/amd64.
 */
export const createIgnitionFunction = (
  scope: Construct,
  { storage, settings }: IgnitionFunction,
): DockerImageFunction => {
  const { id, props } = functionBasis(scope, 'ignition');
  const lambda = new DockerImageFunction(scope, id, {
    ...props,
    code: imageCode(scope, settings.bakedInstallers ?? []),
    architecture: Architecture.X86_64,
    environment: { ...environmentOf(storage, settings), ...runtimeEnvironment('ignition') },
    timeout,
    // 1.7 CPUs: decompressing and hashing an installer of 1 GB is what takes the time.
    memorySize: 3008,
    ephemeralStorageSize: Size.gibibytes(10),
  });
  completeFunction(lambda, 'ignition');
  grantAccess(lambda, storage);
  return lambda;
};
