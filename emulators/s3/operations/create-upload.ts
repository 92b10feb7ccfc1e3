/** CreateMultipartUpload and AbortMultipartUpload. */
import { randomUUID } from 'node:crypto';
import { checkKey, encryptionHeaders, keptHeaders } from '../object-headers.ts';
import { emptyAnswer, xmlAnswer } from '../s3-answer.ts';
import type { Operation } from '../s3-operation.ts';
import { parameter } from '../s3-request.ts';
import { requireBucket, requireUpload } from '../store/catalog.ts';
import { wholeSeconds } from '../store/records.ts';
import { uploadChecksum } from './checksum-choice.ts';

export const createUpload: Operation = async ({ store, now }, { bucket, key, headers }) => {
  requireBucket(store.catalog, bucket);
  checkKey(key);
  const checksum = uploadChecksum(headers);
  const id = randomUUID();
  await store.uploads.create({
    id,
    bucket,
    key,
    initiated: wholeSeconds(now()),
    headers: keptHeaders(headers),
    checksum,
  });
  const content = [
    ['Bucket', bucket],
    ['Key', key],
    ['UploadId', id],
  ] as const;
  return xmlAnswer('InitiateMultipartUploadResult', content, {
    ...(checksum && { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.type }),
    ...encryptionHeaders(headers),
  });
};

export const abortUpload: Operation = async ({ store }, { bucket, key, query }) => {
  const id = parameter(query, 'uploadId') ?? '';
  requireUpload(store.catalog, { bucket, key, id });
  await store.uploads.abort(id);
  return emptyAnswer(204);
};
