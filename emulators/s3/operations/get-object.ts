/** GetObject and HeadObject: the same answer, with and without content. */

import { checksumHeaders } from '../body/checksum.ts';
import { type ByteRange, readRange } from '../byte-range.ts';
import { etagMatches, isNotModified } from '../conditions.ts';
import { describe } from '../object-headers.ts';
import { type Answer, emptyAnswer } from '../s3-answer.ts';
import type { Operation, S3Request } from '../s3-operation.ts';
import type { Query } from '../s3-request.ts';
import type { Blobs } from '../store/blobs.ts';
import { requireObject } from '../store/catalog.ts';
import { type Extent, sliceExtents, totalLength } from '../store/extents.ts';
import type { ObjectRecord } from '../store/records.ts';

/** Up to here one read and one write are cheaper than a stream. */
const smallContent = 256 * 1024;

/** Query parameters by which a link decides how its answer is labelled. */
export const responseOverrides: Readonly<Record<string, string>> = {
  'response-cache-control': 'cache-control',
  'response-content-disposition': 'content-disposition',
  'response-content-encoding': 'content-encoding',
  'response-content-language': 'content-language',
  'response-content-type': 'content-type',
  'response-expires': 'expires',
};

const overrides = (query: Query): [string, string][] =>
  query.flatMap(([name, value]): [string, string][] => {
    const header = responseOverrides[name];
    return header === undefined ? [] : [[header, value]];
  });

/** A range asked for with `If-Range` holds for that very object only; otherwise all of it is sent. */
const wantedRange = (record: ObjectRecord, request: S3Request): ByteRange | undefined => {
  const { range, 'if-range': ifRange } = request.headers;
  const same =
    ifRange === undefined || etagMatches(ifRange, record.etag) || Date.parse(ifRange) === record.lastModified;
  return same ? readRange(range, record.size) : undefined;
};

const rangeHeaders = (record: ObjectRecord, range: ByteRange | undefined): Record<string, string> =>
  range === undefined
    ? { 'content-length': String(record.size) }
    : {
        'content-length': String(range.length),
        'content-range': `bytes ${range.offset}-${range.offset + range.length - 1}/${record.size}`,
      };

/** The stored checksum covers the whole object, so a range goes without. */
const checksumOf = (record: ObjectRecord, request: S3Request, range: ByteRange | undefined) =>
  request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && range === undefined
    ? checksumHeaders(record.checksum)
    : {};

const answerFor = (record: ObjectRecord, request: S3Request): { answer: Answer; wanted: ByteRange } => {
  const described = describe(record);
  const wanted = { offset: 0, length: record.size };
  if (isNotModified(record, request.headers)) return { answer: emptyAnswer(304, described), wanted };
  const range = wantedRange(record, request);
  const headers = {
    ...described,
    ...Object.fromEntries(overrides(request.query)),
    ...rangeHeaders(record, range),
    ...checksumOf(record, request, range),
  };
  return { answer: { status: range === undefined ? 200 : 206, headers }, wanted: range ?? wanted };
};

/** Holds the blobs of a stream while they are sent: overwriting or deleting the object does not cut the answer short. */
const withContent = (blobs: Blobs, answer: Answer, extents: readonly Extent[]): Answer => {
  if (totalLength(extents) <= smallContent) return { ...answer, body: blobs.readWhole(extents) };
  blobs.retain(extents);
  return { ...answer, body: blobs.read(extents), done: () => blobs.release(extents) };
};

export const headObject: Operation = async ({ store }, request) =>
  answerFor(requireObject(store.catalog, request), request).answer;

export const getObject: Operation = async ({ store }, request) => {
  const record = requireObject(store.catalog, request);
  const { answer, wanted } = answerFor(record, request);
  if (answer.status === 304) return answer;
  return withContent(store.blobs, answer, sliceExtents(record.extents, wanted));
};
