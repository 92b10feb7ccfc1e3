import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchUpload,
  type S3Client,
  S3ServiceException,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { CommandFailure } from '#adapters/command-failure.ts';
import type { IsoSource } from './source.ts';

interface Place {
  readonly bucket: string;
  readonly key: string;
}

const reasons: Readonly<Record<number, string>> = {
  301: 'it is in another region',
  403: 'you may not read it',
  404: 'there is no such object',
  412: 'it was replaced while it was read',
};

const unreadable = ({ bucket, key }: Place, cause: unknown): unknown => {
  if (!(cause instanceof S3ServiceException) || cause instanceof NoSuchUpload) return cause;
  const reason = reasons[cause.$metadata.httpStatusCode ?? 0];
  return reason === undefined
    ? cause
    : new CommandFailure(`s3://${bucket}/${key} cannot be read: ${reason}`, { cause });
};

// The slashes of a key are none of the separator's.
const copySourceOf = ({ bucket, key }: Place): string => `${bucket}/${encodeURIComponent(key)}`;

const rangeOf = (start: number, end: number): string => `bytes=${start}-${end - 1}`;

/** An ISO in a bucket, copied from there inside S3. @throws CommandFailure */
export const s3Source = async (s3: S3Client, place: Place): Promise<IsoSource> => {
  const object = { Bucket: place.bucket, Key: place.key };
  const failing = (cause: unknown) => Promise.reject(unreadable(place, cause));
  const { ContentLength: size = 0, ETag: etag = '' } = await s3.send(new HeadObjectCommand(object)).catch(failing);
  return {
    size,
    validator: `s3 ${etag}`,
    read: async (offset, length) => {
      const asked = { ...object, Range: rangeOf(offset, offset + length), IfMatch: etag };
      const { Body } = await s3.send(new GetObjectCommand(asked)).catch(failing);
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    },
    copyPart: async ({ bucket, key, uploadId, number, start, end }, signal) => {
      const copy = new UploadPartCopyCommand({
        Bucket: bucket,
        Key: key,
        UploadId: uploadId,
        PartNumber: number,
        CopySource: copySourceOf(place),
        CopySourceRange: rangeOf(start, end),
        CopySourceIfMatch: etag,
      });
      await s3.send(copy, { abortSignal: signal }).catch(failing);
    },
    close: async () => undefined,
  };
};
