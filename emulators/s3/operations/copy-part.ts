/** UploadPartCopy: content from an object that is here already. No byte moves. */
import { createHash } from 'node:crypto';
import { type Checksum, type ChecksumAlgorithm, startChecksum } from '../body/checksum.ts';
import { type ByteRange, readCopyRange } from '../byte-range.ts';
import { encryptionHeaders } from '../object-headers.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { Operation } from '../s3-operation.ts';
import { parameter } from '../s3-request.ts';
import { requireUpload, type Upload } from '../store/catalog.ts';
import { type Extent, sliceExtents, totalLength } from '../store/extents.ts';
import { type ObjectRecord, wholeSeconds } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { checksumValueXml } from './checksum-xml.ts';
import { checkCopySize, copySource, digestExtents, holding } from './copy-source.ts';
import { partNumber } from './query-numbers.ts';

/**
 * S3 has the MD5 of the bytes here. Computing it would mean reading up to 5 GiB per part, so it is derived from what
 * names the same bytes: the source's ETag and the range. Clients only hand it back.
 */
const copiedEtag = (source: ObjectRecord, { offset, length }: ByteRange): string =>
  createHash('md5').update(`${source.etag} ${offset}+${length}`).digest('hex');

/** Bytes of a copied part that are read for its checksum. */
const largestRead = 32 * 1024 ** 2;

/** For larger parts the same holds as for the ETag, where no checksum of the whole object is made of it. */
const derivedChecksum = (algorithm: ChecksumAlgorithm, etag: string): string => {
  const running = startChecksum(algorithm);
  running.update(Buffer.from(etag, 'hex'));
  return running.digest().toString('base64');
};

interface Copied {
  readonly upload: Upload;
  readonly extents: readonly Extent[];
  readonly etag: string;
}

/** Only an upload that was created with a checksum algorithm pays for reading the copied bytes. */
const copiedChecksum = async (store: Store, { upload, extents, etag }: Copied): Promise<Checksum | undefined> => {
  const { algorithm, type } = upload.record.checksum ?? {};
  if (algorithm === undefined) return undefined;
  const isRead = type === 'FULL_OBJECT' || totalLength(extents) <= largestRead;
  const value = isRead ? await digestExtents(store.blobs, { extents, algorithm }) : derivedChecksum(algorithm, etag);
  return { algorithm, value, type: 'FULL_OBJECT' };
};

export const copyPart: Operation = async ({ store, now }, { bucket, key, query, headers }) => {
  const id = parameter(query, 'uploadId') ?? '';
  const number = partNumber(query);
  const upload = requireUpload(store.catalog, { bucket, key, id });
  const source = copySource(store, headers);
  const range = readCopyRange(headers['x-amz-copy-source-range'], source.size);
  checkCopySize(range.length);
  const extents = sliceExtents(source.extents, range);
  const etag = copiedEtag(source, range);
  const checksum = await holding(store.blobs, extents, () => copiedChecksum(store, { upload, extents, etag }));
  const lastModified = wholeSeconds(now());
  await store.uploads.putPart(id, { number, size: range.length, etag, lastModified, checksum, extents });
  const content = [
    ['LastModified', new Date(lastModified).toISOString()] as const,
    ['ETag', `"${etag}"`] as const,
    checksumValueXml(checksum),
  ];
  return xmlAnswer('CopyPartResult', content, encryptionHeaders(upload.record.headers));
};
