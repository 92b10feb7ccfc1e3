import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Aws, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { allow } from './permissions.ts';
import { zipFunction } from './service-function.ts';
import type { Workflows } from './state-machines.ts';
import type { Storage } from './storage.ts';

const interval = Duration.minutes(1);

/** The scheduler's right to start the one function; of no use to schedules of other accounts. */
const schedulerRole = (scope: Construct, monitor: IFunction): Role => {
  const role = new Role(scope, 'MonitorScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [monitor.functionArn] }));
  return role;
};

/**
 * Refreshes the monitored clusters, removes secrets that nobody names, and reports how old the oldest preparation of media
 * is, once a minute, the shortest rate there is: about 44,000 calls a month, most of which find nothing. A call that failed
 * is repeated once within its minute; after that the next one does its work.
 */
export const createMonitoring = (scope: Construct, { table }: Storage, { prepareMedia }: Workflows): IFunction => {
  const monitor = zipFunction(scope, {
    name: 'cluster-monitor',
    memorySize: 256,
    timeout: interval,
    environment: { TABLE_NAME: table.tableName, PREPARE_MEDIA_ARN: prepareMedia.stateMachineArn },
  });
  monitor.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: interval });
  allow(monitor, { actions: ['dynamodb:Query'], resources: [`${table.tableArn}/index/monitored`] });
  allow(monitor, { actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], resources: [table.tableArn] });
  allow(monitor, {
    actions: ['dynamodb:DeleteItem'],
    resources: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['infra-env#*'] } },
  });
  allow(monitor, { actions: ['states:ListExecutions'], resources: [prepareMedia.stateMachineArn] });
  const role = schedulerRole(scope, monitor);
  const schedule = new CfnSchedule(scope, 'MonitorSchedule', {
    description: 'Refreshes the monitored clusters of ove-ignition',
    scheduleExpression: 'rate(1 minute)',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: monitor.functionArn,
      roleArn: role.roleArn,
      retryPolicy: { maximumRetryAttempts: 1, maximumEventAgeInSeconds: interval.toSeconds() },
    },
  });
  // The first minute must not find the role without its policy.
  schedule.node.addDependency(role);
  return monitor;
};
