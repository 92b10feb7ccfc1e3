/** CompleteMultipartUpload: the listed parts, joined, become the object in one step. */
import { createHash } from 'node:crypto';
import type { IncomingBody } from '../body/receive.ts';
import { receiveText } from '../body/receive.ts';
import { writeCondition } from '../conditions.ts';
import { encryptionHeaders } from '../object-headers.ts';
import { type Answer, xmlAnswer } from '../s3-answer.ts';
import { S3Error } from '../s3-errors.ts';
import type { Operation, S3Context } from '../s3-operation.ts';
import { type Headers, parameter } from '../s3-request.ts';
import { requireUpload, type Upload } from '../store/catalog.ts';
import { mergeExtents, totalLength } from '../store/extents.ts';
import { type ObjectRecord, type PartRecord, wholeSeconds } from '../store/records.ts';
import { assembledChecksum, checkAssembled } from './assembled-checksum.ts';
import { checksumTypeXml, checksumValueXml } from './checksum-xml.ts';
import { listedParts, readPartList } from './part-list.ts';

/** 10,000 parts with ETag and checksum stay below this. */
const largestList = 4 * 1024 * 1024;

/** Checksum headers of this request speak of the object, not of the list in its body. */
const listBody = (body: IncomingBody): IncomingBody => ({
  ...body,
  headers: Object.fromEntries(Object.entries(body.headers).filter(([name]) => !name.startsWith('x-amz-checksum-'))),
});

const assembledEtag = (parts: readonly PartRecord[]): string => {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(etag, 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
};

const checkSize = (headers: Headers, size: number): void => {
  const expected = headers['x-amz-mp-object-size'];
  if (expected === undefined || Number(expected) === size) return;
  throw new S3Error('InvalidRequest', `The parts make ${size} bytes, not the ${expected} of x-amz-mp-object-size.`);
};

const assemble = (context: S3Context, { record }: Upload, parts: readonly PartRecord[]): ObjectRecord => {
  const extents = mergeExtents(parts.flatMap((part) => part.extents));
  return {
    bucket: record.bucket,
    key: record.key,
    size: totalLength(extents),
    etag: assembledEtag(parts),
    lastModified: wholeSeconds(context.now()),
    headers: record.headers,
    checksum: assembledChecksum(record.checksum, parts),
    extents,
  };
};

const completedAnswer = (record: ObjectRecord): Answer =>
  xmlAnswer(
    'CompleteMultipartUploadResult',
    [
      ['Location', `/${record.bucket}/${record.key}`],
      ['Bucket', record.bucket],
      ['Key', record.key],
      ['ETag', `"${record.etag}"`],
      checksumValueXml(record.checksum),
      checksumTypeXml(record.checksum),
    ],
    encryptionHeaders(record.headers),
  );

/**
 * A death between the record and the end of the upload leaves both; completing again gives the same object. After a
 * completion that was answered, another one is NoSuchUpload.
 */
export const completeUpload: Operation = async (context, { bucket, key, query, headers, body }) => {
  const { store, minimumPartSize } = context;
  const id = parameter(query, 'uploadId') ?? '';
  requireUpload(store.catalog, { bucket, key, id });
  const condition = writeCondition(headers);
  const list = readPartList((await receiveText(listBody(body), largestList)).text);
  return store.uploads.complete(id, async (upload) => {
    const record = assemble(context, upload, listedParts(upload, list, minimumPartSize));
    checkSize(headers, record.size);
    checkAssembled(record.checksum, headers);
    store.blobs.retain(record.extents);
    await store.objects.put(record, condition);
    return completedAnswer(record);
  });
};
