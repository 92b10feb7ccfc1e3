import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as api } from '#functions/api/api-env.ts';
import type { environment as clusterMonitor } from '#functions/cluster-monitor/cluster-monitor-env.ts';
import type { environment as downloads } from '#functions/downloads/downloads-env.ts';
import type { environment as ignition } from '#functions/ignition/ignition-env.ts';
import type { environment as iso } from '#functions/iso/iso-env.ts';
import { bundled } from './bundle.ts';
import { functionFolder } from './handler-bundle.ts';
import { acknowledge } from './permissions.ts';

/** A variable is set or left out: there is no undefined in an environment. */
type Variables<Schema extends z.ZodType> = {
  readonly [Name in keyof z.input<Schema>]: Exclude<z.input<Schema>[Name], undefined>;
};

/** What each function has to be given, in the strings that an environment consists of. */
export interface Environments {
  readonly api: Variables<typeof api>;
  readonly downloads: Variables<typeof downloads>;
  readonly ignition: Variables<typeof ignition>;
  readonly iso: Variables<typeof iso>;
  readonly 'cluster-monitor': Variables<typeof clusterMonitor>;
}

export type FunctionName = keyof Environments;

/** `cluster-monitor` → `ClusterMonitor`. */
const constructId = (name: FunctionName): string =>
  name.replaceAll(/(^|-)([a-z])/g, (_, _hyphen, letter: string) => letter.toUpperCase());

/** CloudFormation metadata by which the local stack finds a function's handler. */
export const functionMetadata = 'ove-ignition:function';

/** What the logger reads itself: its lines name the function. */
export const runtimeEnvironment = (name: FunctionName): Record<string, string> => ({ POWERTOOLS_SERVICE_NAME: name });

/** Log retention of everything in the stack. */
export const retention = RetentionDays.ONE_MONTH;

/**
 * Lets a role send traces. A policy of its own, so that the wildcard is accepted for these two actions alone; below the
 * role, so that it is there before the function, which Lambda does not create without it.
 */
const allowTracing = (role: Role): void => {
  const policy = new Policy(role, 'Tracing', {
    roles: [role],
    statements: [
      new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
    ],
  });
  acknowledge(policy, { rule: 'IAM5[Resource::*]', reason: 'The actions of X-Ray name no resource' });
};

/**
 * The role and the log group that a function starts with, and its construct id. The role may write to that log group,
 * send traces, and nothing else: AWSLambdaBasicExecutionRole would let it write to every log of the account.
 */
export const functionBasis = (scope: Construct, name: FunctionName) => {
  const id = `${constructId(name)}Function`;
  const logGroup = new LogGroup(scope, `${id}Log`, { retention, removalPolicy: RemovalPolicy.DESTROY });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  allowTracing(role);
  return { id, props: { role, logGroup, loggingFormat: LoggingFormat.JSON } };
};

/** Marks the function's resource with the folder that it comes from, and traces its calls. */
export const completeFunction = (lambda: LambdaFunction, name: FunctionName): void => {
  const resource = lambda.node.defaultChild as CfnFunction;
  resource.addMetadata(functionMetadata, name);
  // By the resource itself: the construct's own property would add its wildcard to the role's other rights.
  resource.tracingConfig = { mode: 'Active' };
};

interface ZipFunction<Name extends FunctionName> {
  readonly name: Name;
  readonly environment: Environments[Name];
  /** Megabytes; CPU grows with it. */
  readonly memorySize: number;
  readonly timeout: Duration;
}

/** A function deployed as one bundled file. */
export const zipFunction = <Name extends Exclude<FunctionName, 'ignition'>>(
  scope: Construct,
  { name, environment, memorySize, timeout }: ZipFunction<Name>,
): LambdaFunction => {
  const { id, props } = functionBasis(scope, name);
  const lambda = new LambdaFunction(scope, id, {
    ...props,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(functionFolder(name), bundled(name)),
    handler: 'index.handler',
    environment: { ...environment, ...runtimeEnvironment(name) },
    memorySize,
    timeout,
  });
  completeFunction(lambda, name);
  return lambda;
};
