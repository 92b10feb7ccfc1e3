import { BucketAlreadyOwnedByYou, CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Resource } from './template/template.ts';

/**
 * Creates the buckets that a template asks for; one that is there already is kept.
 *
 * @param resources of type AWS::S3::Bucket
 */
export const createBuckets = async (client: S3Client, resources: readonly Resource[]): Promise<void> => {
  for (const { ref } of resources) {
    try {
      await client.send(new CreateBucketCommand({ Bucket: ref }));
    } catch (error) {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
    }
  }
};
