/** UploadPart: content from the client. */

import { checksumHeader } from '../body/checksum.ts';
import { readExpectedChecksum } from '../body/expectations.ts';
import { largestBody, receiveBody } from '../body/receive.ts';
import { encryptionHeaders } from '../object-headers.ts';
import { emptyAnswer } from '../s3-answer.ts';
import { S3Error } from '../s3-errors.ts';
import type { Operation } from '../s3-operation.ts';
import { type Headers, parameter } from '../s3-request.ts';
import { requireUpload, type Upload } from '../store/catalog.ts';
import { wholeSeconds } from '../store/records.ts';
import { partNumber } from './query-numbers.ts';

/**
 * An upload that was created with a checksum algorithm takes no part with another. A part without any only if it is to have
 * a checksum of the whole object, for which S3 computes that of the part.
 */
const checkAlgorithm = ({ record }: Upload, headers: Headers): void => {
  const expected = record.checksum?.algorithm;
  const actual = readExpectedChecksum(headers)?.algorithm;
  if (expected === undefined || expected === actual) return;
  if (actual === undefined && record.checksum?.type === 'FULL_OBJECT') return;
  const message = 'Checksum Type mismatch occurred';
  throw new S3Error(
    'InvalidRequest',
    `${message}, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${actual?.toLowerCase() ?? 'null'}`,
  );
};

export const uploadPart: Operation = async ({ store, now }, { bucket, key, query, headers, body }) => {
  const id = parameter(query, 'uploadId') ?? '';
  const number = partNumber(query);
  const upload = requireUpload(store.catalog, { bucket, key, id });
  checkAlgorithm(upload, headers);
  const { extents, result } = await store.blobs.write((sink) =>
    receiveBody(body, { limit: largestBody, sink, compute: upload.record.checksum?.algorithm }),
  );
  const etag = result.md5.toString('hex');
  await store.uploads.putPart(id, {
    number,
    size: result.length,
    etag,
    lastModified: wholeSeconds(now()),
    checksum: result.checksum,
    extents: [...extents],
  });
  const { checksum } = result;
  return emptyAnswer(200, {
    etag: `"${etag}"`,
    ...(checksum && { [checksumHeader(checksum.algorithm)]: checksum.value }),
    ...encryptionHeaders(upload.record.headers),
  });
};
