/** What IAM says to a call, in S3's words. */
import type { AccessControl } from '../iam/access-control.ts';
import { S3Error } from './s3-errors.ts';
import type { ObjectName } from './store/catalog.ts';

/** What a call needs of its caller's role. */
export type Need = {
  readonly action: string;
  /** `source`: the object that x-amz-copy-source names. */
  readonly of: 'bucket' | 'object' | 'source';
  /** Besides, where the bucket is encrypted with a key of KMS. */
  readonly ofKey?: readonly string[];
};

// Source: "Required permissions for Amazon S3 API operations" in the Amazon S3 user guide, and its chapters on SSE-KMS and
// on multipart uploads.
export const reads: Need = { action: 's3:GetObject', of: 'object', ofKey: ['kms:Decrypt'] };
export const readsSource: Need = { ...reads, of: 'source' };
export const isReading = ({ action }: Need): boolean => action === reads.action;
export const writes: Need = { action: 's3:PutObject', of: 'object', ofKey: ['kms:GenerateDataKey'] };
/** A part is encrypted with the key of its upload, which has to be opened for it. */
export const writesPart: Need = { ...writes, ofKey: ['kms:GenerateDataKey', 'kms:Decrypt'] };
export const completes: Need = { ...writes, ofKey: ['kms:Decrypt'] };
export const aborts: Need = { action: 's3:AbortMultipartUpload', of: 'object' };
export const listsParts: Need = { action: 's3:ListMultipartUploadParts', of: 'object' };
export const deletes: Need = { action: 's3:DeleteObject', of: 'object' };
export const lists: Need = { action: 's3:ListBucket', of: 'bucket' };
export const listsUploads: Need = { action: 's3:ListBucketMultipartUploads', of: 'bucket' };
export const listsBuckets: Need = { action: 's3:ListAllMyBuckets', of: 'bucket' };
export const creates: Need = { action: 's3:CreateBucket', of: 'bucket' };
export const removes: Need = { action: 's3:DeleteBucket', of: 'bucket' };

/** Throws AccessDenied for what a caller's role does not allow. */
export type CheckNeed = (need: Need, name: ObjectName) => void;

export type Permissions = {
  /** Without it everybody may do everything. */
  readonly access: AccessControl | undefined;
  /** ARN of the key that a bucket is encrypted with, by its name. */
  readonly encryptionKeys: ReadonlyMap<string, string>;
};

/** As in AWS every call comes: by TLS, which nothing is here that reaches this server. */
const transport = { 'aws:SecureTransport': ['true'], 's3:TlsVersion': ['1.3'] };

export const needCheck =
  ({ access, encryptionKeys }: Permissions, caller: string): CheckNeed =>
  ({ action, of, ofKey = [] }, { bucket, key }) => {
    const keyArn = encryptionKeys.get(bucket);
    const requests = [
      { action, resource: `arn:aws:s3:::${bucket}${of === 'bucket' ? '' : `/${key}`}`, context: transport },
      ...(keyArn === undefined ? [] : ofKey.map((each) => ({ action: each, resource: keyArn }))),
    ];
    for (const request of requests) {
      const refusal = access?.refusal(caller, request);
      if (refusal !== undefined) throw new S3Error('AccessDenied', refusal);
    }
  };
