import {
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandInput,
  type HeadObjectCommandOutput,
  NoSuchKey,
  NotFound,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

export interface Bucket {
  readonly client: S3Client;
  readonly bucket: string;
}

/** The HTTP status of S3's own answer; undefined for any other error. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** What S3 says of an object; undefined when there is none. */
export const headObject = async (
  { client, bucket }: Bucket,
  object: Pick<HeadObjectCommandInput, 'Key' | 'ChecksumMode'>,
): Promise<HeadObjectCommandOutput | undefined> => {
  try {
    return await client.send(new HeadObjectCommand({ Bucket: bucket, ...object }));
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
};

/** A small object, whole; undefined when there is none. */
export const readObject = async ({ client, bucket }: Bucket, key: string): Promise<Uint8Array | undefined> => {
  try {
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await object.Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
};
