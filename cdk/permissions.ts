import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { type CfnElement, Stack, Validations } from 'aws-cdk-lib/core';
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
  readonly conditions?: Record<string, Record<string, string>>;
}

interface HasPolicy {
  readonly addToRolePolicy: (statement: PolicyStatement) => void;
}

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

/** Lets a function do these actions on objects of one bucket, and accepts the wildcard in their keys: nothing wider. */
export const allowObjects = (lambda: LambdaFunction, { actions, bucket, keys, reason }: ObjectPermission): void => {
  allow(lambda, { actions, resources: [bucket.arnForObjects(keys)] });
  const logicalId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnElement);
  acknowledge(lambda.role ?? lambda, { rule: `IAM5[Resource::<${logicalId}.Arn>/${keys}]`, reason });
};
