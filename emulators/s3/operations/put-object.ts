/** PutObject: the content to a blob, then the record; a refused or broken one leaves nothing. */

import { checksumHeaders } from '../body/checksum.ts';
import { largestBody, receiveBody } from '../body/receive.ts';
import { writeCondition } from '../conditions.ts';
import { checkKey, encryptionHeaders, keptHeaders } from '../object-headers.ts';
import { emptyAnswer } from '../s3-answer.ts';
import type { Operation } from '../s3-operation.ts';
import { requireBucket } from '../store/catalog.ts';
import { type ObjectRecord, wholeSeconds } from '../store/records.ts';

/** No checksum is computed that the client did not send, unlike S3, which adds a CRC64NVME. */
export const putObject: Operation = async ({ store, now }, { bucket, key, headers, body }) => {
  requireBucket(store.catalog, bucket);
  checkKey(key);
  const condition = writeCondition(headers);
  const kept = keptHeaders(headers);
  const { extents, result } = await store.blobs.write((sink) => receiveBody(body, { limit: largestBody, sink }));
  const record: ObjectRecord = {
    bucket,
    key,
    size: result.length,
    etag: result.md5.toString('hex'),
    lastModified: wholeSeconds(now()),
    headers: kept,
    checksum: result.checksum,
    extents: [...extents],
  };
  await store.objects.put(record, condition);
  return emptyAnswer(200, {
    etag: `"${record.etag}"`,
    ...checksumHeaders(record.checksum),
    ...encryptionHeaders(headers),
  });
};
