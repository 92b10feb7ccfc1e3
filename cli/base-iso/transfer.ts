import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type MultipartUpload,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { CommandFailure } from '#adapters/command-failure.ts';
import { isoParts } from '#adapters/iso-uploads.ts';
import type { Progress } from '#adapters/release-mirror/mirror-download.ts';
import type { IsoUpload, StoredPart } from '#domain/composition/composition-ports.ts';
import { type Part, planSplice } from '#domain/composition/splice-plan.ts';
import type { ReleasesBucket } from '../release-target.ts';
import { type StoredIso, storedIsoOf } from './base-iso-objects.ts';
import { inParallel } from './in-parallel.ts';
import type { IsoSource } from './source.ts';

interface Transfer {
  readonly target: ReleasesBucket;
  readonly source: IsoSource;
  readonly upload: IsoUpload;
  readonly signal: AbortSignal;
  readonly onProgress: Progress;
}

interface Opening {
  readonly target: ReleasesBucket;
  readonly key: string;
  readonly source: IsoSource;
}

/** Each is in memory while it is uploaded. */
const uploadsAtOnce = 4;

/** Copies inside S3 cost this machine nothing. */
const copiesAtOnce = 32;

/**
 * S3 makes the checksum of the whole of those of the parts, each of which it compares. What S3 copies itself has none: whoever
 * stands in for S3 would have to read all of it.
 */
const checksumFor = ({ copyPart }: IsoSource) =>
  copyPart === undefined ? ({ ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' } as const) : undefined;

/** An upload that was begun otherwise, by an earlier version of this program too, would take no part. */
const isBegunFor = (source: IsoSource, { ChecksumAlgorithm }: MultipartUpload): boolean =>
  (ChecksumAlgorithm === 'CRC32') === (checksumFor(source) !== undefined);

/** The newest upload of the key that was begun and not finished. */
const unfinished = async ({ target: { s3, bucket }, key, source }: Opening): Promise<IsoUpload | undefined> => {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: key }));
  const uploadId = Uploads.findLast((upload) => upload.Key === key && isBegunFor(source, upload))?.UploadId;
  return uploadId === undefined ? undefined : { key, uploadId };
};

const begin = async ({ target: { s3, bucket }, key, source }: Opening): Promise<IsoUpload> => {
  const { UploadId = '' } = await s3.send(
    new CreateMultipartUploadCommand({
      Bucket: bucket,
      Key: key,
      ContentType: 'application/octet-stream',
      ...checksumFor(source),
    }),
  );
  return { key, uploadId: UploadId };
};

/** The upload of a key that was begun and not finished, else a new one. */
export const openUpload = async (opening: Opening): Promise<IsoUpload> =>
  (await unfinished(opening)) ?? (await begin(opening));

// S3 copies no part of an object as small as the plan has uploaded.
const transferPart = async ({ target, source, upload }: Transfer, part: Part, signal: AbortSignal) => {
  const { number, start, end } = part;
  const { s3, bucket } = target;
  if (source.copyPart !== undefined && part.kind === 'copy') {
    return source.copyPart({ bucket, ...upload, number, start, end }, signal);
  }
  const bytes = await source.read(start, end - start);
  if (bytes.length < end - start) throw new CommandFailure('the ISO became shorter while it was read: start again');
  const place = { Bucket: bucket, Key: upload.key, UploadId: upload.uploadId, PartNumber: number };
  await s3.send(
    new UploadPartCommand({ ...place, Body: bytes, ChecksumAlgorithm: checksumFor(source)?.ChecksumAlgorithm }),
    {
      abortSignal: signal,
    },
  );
};

const isStored = ({ number, start, end }: Part, stored: readonly StoredPart[]): boolean =>
  stored.some((part) => part.number === number && part.size === end - start);

const listParts = async ({ target: { s3, bucket }, upload }: Transfer): Promise<readonly StoredPart[]> =>
  (await isoParts({ client: s3, bucket }).list(upload)) ?? [];

const bytesOf = (parts: readonly Part[]): number => parts.reduce((sum, { start, end }) => sum + end - start, 0);

const transferMissing = async (transfer: Transfer, plan: readonly Part[]): Promise<void> => {
  const { source, onProgress, signal } = transfer;
  const stored = await listParts(transfer);
  const missing = plan.filter((part) => !isStored(part, stored));
  let left = bytesOf(missing);
  await inParallel({
    items: missing,
    atOnce: source.copyPart === undefined ? uploadsAtOnce : copiesAtOnce,
    signal,
    work: async (part, either) => {
      await transferPart(transfer, part, either);
      left -= bytesOf([part]);
      onProgress(source.size - left, source.size);
    },
  });
};

// S3 joins whatever parts it is given: only the plan knows that they are all of the image.
const complete = async (transfer: Transfer, plan: readonly Part[]): Promise<StoredIso> => {
  const { target, upload } = transfer;
  // Another version of this program may have left further ones.
  const stored = (await listParts(transfer)).filter(({ number }) => number <= plan.length);
  if (!plan.every((part) => isStored(part, stored)))
    throw new Error('the parts of the upload are not those of the plan');
  const Parts = stored.map(({ number, etag, crc32 }) => ({ PartNumber: number, ETag: etag, ChecksumCRC32: crc32 }));
  const place = { Bucket: target.bucket, Key: upload.key, UploadId: upload.uploadId };
  const completion = new CompleteMultipartUploadCommand({
    ...place,
    ChecksumType: checksumFor(transfer.source)?.ChecksumType,
    MultipartUpload: { Parts },
  });
  return storedIsoOf(await target.s3.send(completion));
};

/**
 * Brings an ISO into the releases bucket in parts. What an interrupted run has brought is not brought again: its parts
 * wait for a day.
 *
 * @returns what S3 says of the object
 */
export const transferIso = async (transfer: Transfer): Promise<StoredIso> => {
  const plan = planSplice({ size: transfer.source.size, patches: [] });
  await transferMissing(transfer, plan);
  return complete(transfer, plan);
};
