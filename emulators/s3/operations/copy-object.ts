/** CopyObject: a new record over the same blobs. */

import type { Checksum } from '../body/checksum.ts';
import { writeCondition } from '../conditions.ts';
import { checkKey, encryptionHeaders, keptHeaders } from '../object-headers.ts';
import { xmlAnswer } from '../s3-answer.ts';
import { S3Error } from '../s3-errors.ts';
import type { Operation, S3Request } from '../s3-operation.ts';
import { requireBucket } from '../store/catalog.ts';
import { type ObjectRecord, wholeSeconds } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { requestedAlgorithm } from './checksum-choice.ts';
import { checksumTypeXml, checksumValueXml } from './checksum-xml.ts';
import { checkCopySize, copySource, digestExtents, holding } from './copy-source.ts';

const replacesMetadata = ({ headers }: S3Request): boolean => {
  const directive = headers['x-amz-metadata-directive'] ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE')
    throw new S3Error('InvalidArgument', 'Unknown metadata directive.');
  return directive === 'REPLACE';
};

const copiedHeaders = (source: ObjectRecord, request: S3Request): Record<string, string> => {
  if (replacesMetadata(request)) return keptHeaders(request.headers);
  if (source.bucket === request.bucket && source.key === request.key) {
    throw new S3Error('InvalidRequest', 'This copy request is illegal: it copies an object to itself unchanged.');
  }
  return { ...source.headers, ...encryptionHeaders(request.headers) };
};

const copiedChecksum = async (
  store: Store,
  source: ObjectRecord,
  request: S3Request,
): Promise<Checksum | undefined> => {
  const algorithm = requestedAlgorithm(request.headers);
  if (algorithm === undefined) return source.checksum;
  const value = await digestExtents(store.blobs, { extents: source.extents, algorithm });
  return { algorithm, value, type: 'FULL_OBJECT' };
};

/** The copy keeps the source's ETag, also a multipart one, where S3 would compute an MD5 from the bytes. */
export const copyObject: Operation = async ({ store, now }, request) => {
  const { bucket, key } = request;
  requireBucket(store.catalog, bucket);
  checkKey(key);
  const condition = writeCondition(request.headers);
  const source = copySource(store, request.headers);
  checkCopySize(source.size);
  const headers = copiedHeaders(source, request);
  const checksum = await holding(store.blobs, source.extents, () => copiedChecksum(store, source, request));
  const record = { ...source, bucket, key, headers, checksum, lastModified: wholeSeconds(now()) };
  await store.objects.put(record, condition);
  const content = [
    ['ETag', `"${record.etag}"`] as const,
    ['LastModified', new Date(record.lastModified).toISOString()] as const,
    checksumValueXml(checksum),
    checksumTypeXml(checksum),
  ];
  return xmlAnswer('CopyObjectResult', content, encryptionHeaders(headers));
};
