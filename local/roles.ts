import * as z from 'zod';
import { partition } from '#emulators/account.ts';
import type { Roles } from '#emulators/iam/access-control.ts';
import { rightsOf } from '#emulators/iam/policy.ts';
import { type ResourcePolicies, resourcePolicyOf } from '#emulators/iam/resource-policy.ts';
import type { Template } from './template/template.ts';

const policySchema = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()) });

/** What the policies of a template let its roles do. */
export const rolesOf = (template: Template): Roles => {
  const attached = template.ofType('AWS::IAM::Policy').flatMap(({ properties }) => {
    const { PolicyDocument: document, Roles: roles } = policySchema.parse(properties);
    return roles.map((role) => ({ role, document }));
  });
  const byRole = Map.groupBy(attached, ({ role }) => role);
  return new Map([...byRole].map(([role, policies]) => [role, rightsOf(policies.map(({ document }) => document))]));
};

const keySchema = z.object({ KeyPolicy: z.unknown() });
const bucketPolicySchema = z.object({ Bucket: z.string(), PolicyDocument: z.unknown() });

/** What the keys and buckets of a template say of whoever calls. One key here is several of the template. */
export const resourcePoliciesOf = (template: Template): ResourcePolicies => {
  const ofKeys = template.ofType('AWS::KMS::Key').map(({ arn = '', properties }) => {
    const { KeyPolicy } = keySchema.parse(properties);
    return { arn, policy: resourcePolicyOf(KeyPolicy) };
  });
  const ofBuckets = template.ofType('AWS::S3::BucketPolicy').map(({ properties }) => {
    const { Bucket, PolicyDocument } = bucketPolicySchema.parse(properties);
    return { arn: `arn:${partition}:s3:::${Bucket}`, policy: resourcePolicyOf(PolicyDocument) };
  });
  const byArn = Map.groupBy([...ofKeys, ...ofBuckets], ({ arn }) => arn);
  return new Map([...byArn].map(([arn, found]) => [arn, found.map(({ policy }) => policy)]));
};

/** The name of a role, which is the access key id of whoever acts as it. */
export const roleName = (roleArn: string): string => roleArn.slice(roleArn.lastIndexOf('/') + 1);

const encryptionSchema = z.object({
  BucketEncryption: z.object({
    ServerSideEncryptionConfiguration: z.tuple([
      z.object({ ServerSideEncryptionByDefault: z.object({ KMSMasterKeyID: z.string().optional() }) }),
    ]),
  }),
});

/** ARN of the key of KMS that a bucket of a template is encrypted with, by the bucket's name. */
export const encryptionKeysOf = (template: Template): readonly (readonly [bucket: string, keyArn: string])[] =>
  template.ofType('AWS::S3::Bucket').flatMap(({ ref, properties }) => {
    const { BucketEncryption } = encryptionSchema.parse(properties);
    const { KMSMasterKeyID: keyArn } =
      BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault;
    return keyArn === undefined ? [] : [[ref, keyArn] as const];
  });
