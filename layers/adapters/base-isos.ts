import { GetObjectCommand, HeadObjectCommand, NoSuchKey, NotFound } from '@aws-sdk/client-s3';
import type { BaseIsoReader } from '#domain/composition/composition-ports.ts';
import { type Bucket, statusOf } from './bucket.ts';

const isGone = (error: unknown): boolean => error instanceof NotFound || error instanceof NoSuchKey;

const isAnother = (error: unknown): boolean => isGone(error) || statusOf(error) === 412;

/** The base ISOs of releases in the releases bucket, read in ranges. */
export const baseIsoReader = ({ client, bucket }: Bucket): BaseIsoReader => ({
  read: async ({ key, etag }, { offset, length }) => {
    const range = `bytes=${offset}-${offset + length - 1}`;
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range, IfMatch: etag }));
    return (await object.Body?.transformToByteArray()) ?? new Uint8Array();
  },
  isThere: async ({ key, etag }) => {
    try {
      await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag }));
      return true;
    } catch (error) {
      if (isAnother(error)) return false;
      throw error;
    }
  },
});
