import * as z from 'zod';
import type { Roles } from '#emulators/iam/access-control.ts';
import { rightsOf } from '#emulators/iam/policy.ts';
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
