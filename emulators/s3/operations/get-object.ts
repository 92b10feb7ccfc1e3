/** GetObject and HeadObject: the same answer, with and without content. */

import { checksumHeaders } from '../body/checksum.ts';
import { type ByteRange, readRange } from '../byte-range.ts';
import { etagMatches, isNotModified } from '../conditions.ts';
import { describe } from '../object-headers.ts';
import { type Answer, emptyAnswer } from '../s3-answer.ts';
import { S3Error } from '../s3-errors.ts';
import type { Operation, S3Request } from '../s3-operation.ts';
import type { Query } from '../s3-request.ts';
import { DamagedBlob } from '../store/block-checks.ts';
import { requireObject } from '../store/catalog.ts';
import { type Extent, sliceExtents, totalLength } from '../store/extents.ts';
import type { ObjectRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

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

/** Takes an object away that can never be read again, unless it was replaced meanwhile: what can be made is then made again. */
const discard = async ({ objects }: Store, record: ObjectRecord): Promise<void> => {
  await objects.remove(record, (current) => {
    if (current !== record) throw new S3Error('PreconditionFailed');
  });
};

const discardDamaged = async (store: Store, record: ObjectRecord, error: unknown): Promise<never> => {
  if (error instanceof DamagedBlob) await discard(store, record).catch(() => {});
  throw error instanceof DamagedBlob ? new Error(`${record.bucket}/${record.key} is damaged, and was removed`) : error;
};

async function* stream(store: Store, record: ObjectRecord, extents: readonly Extent[]): AsyncGenerator<Buffer, void> {
  try {
    yield* store.blobs.read(extents);
  } catch (error) {
    await discardDamaged(store, record, error);
  }
}

/** Holds the blobs of a stream while they are sent: overwriting or deleting the object does not cut the answer short. */
const withContent = async (store: Store, record: ObjectRecord, given: { answer: Answer; wanted: ByteRange }) => {
  const { blobs } = store;
  const { answer, wanted } = given;
  const extents = sliceExtents(record.extents, wanted);
  if (totalLength(extents) > smallContent) {
    blobs.retain(extents);
    return { ...answer, body: stream(store, record, extents), done: () => blobs.release(extents) };
  }
  try {
    return { ...answer, body: blobs.readWhole(extents) };
  } catch (error) {
    return discardDamaged(store, record, error);
  }
};

export const headObject: Operation = async ({ store }, request) =>
  answerFor(requireObject(store.catalog, request), request).answer;

export const getObject: Operation = async ({ store }, request) => {
  const record = requireObject(store.catalog, request);
  const given = answerFor(record, request);
  return given.answer.status === 304 ? given.answer : withContent(store, record, given);
};
