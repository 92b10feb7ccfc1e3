import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Aws, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { definitionText, type MachineName } from '#statemachines/definition.ts';
import { acknowledge, allow, allowObjects } from './permissions.ts';
import { retention } from './service-function.ts';
import { baseIsoKeys, isoKeys, type Storage } from './storage.ts';

interface Workflow {
  readonly id: string;
  readonly name: MachineName;
  readonly type: StateMachineType;
  readonly substitutions: Record<string, string>;
}

/** Step Functions writes the log through a delivery; names under /aws/vendedlogs/ need no resource policy per group. */
const workflowLog = (scope: Construct, { id, name }: Workflow): LogGroup =>
  new LogGroup(scope, `${id}Log`, {
    logGroupName: `/aws/vendedlogs/states/${Aws.STACK_NAME}-${name}`,
    retention,
    removalPolicy: RemovalPolicy.DESTROY,
  });

const createWorkflow = (scope: Construct, workflow: Workflow): StateMachine => {
  const machine = new StateMachine(scope, workflow.id, {
    definitionBody: DefinitionBody.fromString(definitionText(workflow.name)),
    definitionSubstitutions: { Partition: Aws.PARTITION, ...workflow.substitutions },
    stateMachineType: workflow.type,
    // An Express execution leaves no other history than this log.
    logs: { destination: workflowLog(scope, workflow), level: LogLevel.ALL, includeExecutionData: false },
    tracingEnabled: true,
  });
  acknowledge(machine, {
    rule: 'IAM5[Resource::*]',
    reason: 'The actions of log delivery and of X-Ray name no resource',
  });
  return machine;
};

interface Dependencies {
  readonly storage: Storage;
  readonly ignition: IFunction;
  readonly iso: IFunction;
}

/** The calls to S3 that compose an ISO without a function in between. */
const grantComposing = (machine: StateMachine, { artifacts, artifactsKey, releases }: Storage): void => {
  allowObjects(machine, {
    actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
    bucket: artifacts,
    keys: isoKeys,
    reason: 'An ISO is named by its infra-env and its content, which are not known before',
  });
  allowObjects(machine, {
    actions: ['s3:GetObject'],
    bucket: releases,
    keys: baseIsoKeys,
    reason: 'Operators add base ISOs at any time',
  });
  allow(machine, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [artifactsKey.keyArn] });
  // Without the right to list, S3 answers 403 instead of 404 for a base ISO that was replaced, and it is tried for half a minute.
  allow(machine, { actions: ['s3:ListBucket'], resources: [releases.bucketArn] });
};

/** Generates what an infra-env will be asked for; may take minutes, hence Standard. */
const createPrepareMedia = (scope: Construct, { storage, ignition, iso }: Dependencies): StateMachine => {
  const machine = createWorkflow(scope, {
    id: 'PrepareMedia',
    name: 'prepare-media',
    type: StateMachineType.STANDARD,
    substitutions: {
      TableName: storage.table.tableName,
      ArtifactsBucket: storage.artifacts.bucketName,
      ReleasesBucket: storage.releases.bucketName,
      IgnitionFunctionArn: ignition.functionArn,
      IsoFunctionArn: iso.functionArn,
    },
  });
  allow(machine, { actions: ['lambda:InvokeFunction'], resources: [ignition.functionArn, iso.functionArn] });
  allow(machine, { actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [storage.table.tableArn] });
  grantComposing(machine, storage);
  return machine;
};

/** Makes a cluster disconnected while the caller waits, hence Express. */
const createDisconnectedTransition = (scope: Construct, storage: Storage, prepareMedia: StateMachine): StateMachine => {
  const machine = createWorkflow(scope, {
    id: 'DisconnectedTransition',
    name: 'disconnected-transition',
    type: StateMachineType.EXPRESS,
    substitutions: { TableName: storage.table.tableName, PrepareMediaArn: prepareMedia.stateMachineArn },
  });
  allow(machine, {
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    resources: [storage.table.tableArn],
  });
  allow(machine, { actions: ['states:StartExecution'], resources: [prepareMedia.stateMachineArn] });
  return machine;
};

export interface Workflows {
  readonly prepareMedia: StateMachine;
  readonly disconnectedTransition: StateMachine;
}

/** Both state machines, from their definitions in statemachines/. */
export const createWorkflows = (scope: Construct, dependencies: Dependencies): Workflows => {
  const prepareMedia = createPrepareMedia(scope, dependencies);
  return {
    prepareMedia,
    disconnectedTransition: createDisconnectedTransition(scope, dependencies.storage, prepareMedia),
  };
};
