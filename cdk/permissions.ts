import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, type CfnElement, Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

interface Acknowledgement {
  /** Rule of cdk-nag's AwsSolutions pack, e.g. `S1` or `IAM5[Resource::*]`. */
  readonly rule: string;
  readonly reason: string;
}

/** Accepts one finding of cdk-nag on a construct, with the reason. */
export const acknowledge = (construct: IConstruct, { rule, reason }: Acknowledgement): void => {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
};

interface Permission {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Record<string, Record<string, string | string[]>>;
}

interface HasPolicy {
  readonly addToRolePolicy: (statement: PolicyStatement) => unknown;
}

/** A function or a state machine. */
type Subject = HasPolicy & IConstruct & { readonly role?: IRole | undefined };

/** Lets a function or a state machine do exactly these actions on exactly these resources. */
export const allow = (subject: HasPolicy, permission: Permission): void => {
  subject.addToRolePolicy(new PolicyStatement(permission));
};

interface ObjectPermission {
  readonly actions: string[];
  readonly bucket: Bucket;
  /** Pattern of the object keys. */
  readonly keys: string;
  /** Why the keys cannot be named one by one. */
  readonly reason: string;
}

/** Lets it do these actions on objects of one bucket, and accepts the wildcard in their keys: nothing wider. */
export const allowObjects = (subject: Subject, { actions, bucket, keys, reason }: ObjectPermission): void => {
  allow(subject, { actions, resources: [bucket.arnForObjects(keys)] });
  const logicalId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnElement);
  acknowledge(subject.role ?? subject, { rule: `IAM5[Resource::<${logicalId}.Arn>/${keys}]`, reason });
};

interface ExecutionPermission {
  readonly actions: string[];
  readonly machine: StateMachine;
  /** Why the executions cannot be named one by one. */
  readonly reason: string;
}

/** Lets a function do these actions on executions of one state machine, and accepts the wildcard in their names. */
export const allowExecutions = (subject: Subject, { actions, machine, reason }: ExecutionPermission): void => {
  const stack = Stack.of(machine);
  const named = { service: 'states', resource: 'execution', arnFormat: ArnFormat.COLON_RESOURCE_NAME };
  allow(subject, {
    actions,
    resources: [stack.formatArn({ ...named, resourceName: `${machine.stateMachineName}:*` })],
  });
  const place = 'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution';
  const logicalId = stack.getLogicalId(machine.node.defaultChild as CfnElement);
  acknowledge(subject.role ?? subject, { rule: `IAM5[Resource::${place}:<${logicalId}.Name>:*]`, reason });
};
