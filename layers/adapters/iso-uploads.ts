import { CompleteMultipartUploadCommand, ListPartsCommand, NoSuchUpload, UploadPartCommand } from '@aws-sdk/client-s3';
import { isoPrefix } from '#domain/composition/composition.ts';
import type { IsoObjects, IsoParts, IsoUpload, IsoUploads, StoredPart } from '#domain/composition/composition-ports.ts';
import type { Bucket } from './bucket.ts';
import { removeObjects } from './object-removal.ts';

const nameOf = (bucket: string, { key, uploadId }: IsoUpload) => ({ Bucket: bucket, Key: key, UploadId: uploadId });

/** What is there of an upload, for whoever wants to know how far it is. */
export const isoParts = ({ client, bucket }: Bucket): IsoParts => ({
  list: async (upload) => {
    const parts: StoredPart[] = [];
    // The SDK's paginator goes on as long as there is a marker, and S3 gives one with the last page too.
    let marker: string | undefined;
    try {
      do {
        const page = await client.send(new ListPartsCommand({ ...nameOf(bucket, upload), PartNumberMarker: marker }));
        for (const { PartNumber = 0, Size = 0, ETag = '', ChecksumCRC32 } of page.Parts ?? []) {
          const checksum = ChecksumCRC32 === undefined ? {} : { crc32: ChecksumCRC32 };
          parts.push({ number: PartNumber, size: Size, etag: ETag, ...checksum });
        }
        marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
      } while (marker !== undefined);
      return parts;
    } catch (error) {
      if (error instanceof NoSuchUpload) return undefined;
      throw error;
    }
  },
});

/**
 * Multipart uploads of composed ISOs; they are created, copied into and aborted by the state machine. They were begun with
 * CRC32: S3 refuses a part without it, and a completion that does not repeat each part's.
 */
export const isoUploads = (artifacts: Bucket): IsoUploads => {
  const { client, bucket } = artifacts;
  return {
    ...isoParts(artifacts),
    put: async (upload, { number, bytes }) => {
      const place = { ...nameOf(bucket, upload), PartNumber: number };
      await client.send(new UploadPartCommand({ ...place, Body: bytes, ChecksumAlgorithm: 'CRC32' }));
    },
    complete: async (upload, parts) => {
      const Parts = parts.map(({ number, etag, crc32 }) => ({ PartNumber: number, ETag: etag, ChecksumCRC32: crc32 }));
      const complete = { ...nameOf(bucket, upload), MultipartUpload: { Parts } };
      try {
        await client.send(new CompleteMultipartUploadCommand(complete));
      } catch (error) {
        // The SDK asks again when an answer is lost, and another execution may have given the upload up.
        if (!(error instanceof NoSuchUpload)) throw error;
      }
    },
  };
};

/** What the uploads leave behind. */
export const isoObjects = (artifacts: Bucket): IsoObjects => ({
  removeOthers: async (infraEnvId, kept) => {
    await removeObjects({ ...artifacts, prefix: isoPrefix(infraEnvId), kept: kept === undefined ? [] : [kept] });
  },
});
