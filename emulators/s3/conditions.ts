/** Do a request's conditions hold? Source: RFC 9110 section 13 and "Conditional requests" in the S3 user guide. */
import { notImplemented, S3Error } from './s3-errors.ts';
import type { Headers } from './s3-request.ts';
import type { Condition } from './store/object-store.ts';
import type { ObjectRecord } from './store/records.ts';

const bare = (etag: string): string => etag.trim().replace(/^W\//, '').replace(/^"|"$/g, '');

/** `header` is `*` or a list of entity tags, quoted or not. */
export const etagMatches = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((candidate) => bare(candidate) === etag);

/** Undefined for an absent or unreadable date, which counts as no condition. */
const httpTime = (header: string | undefined): number | undefined => {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? undefined : time;
};

type ReadHeaders = {
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  modifiedSince: string | undefined;
  unmodifiedSince: string | undefined;
};

/** The condition that fails, by its header's name. The entity tag ones rule out the date ones. */
const failing = (record: ObjectRecord, given: ReadHeaders): keyof ReadHeaders | undefined => {
  if (given.ifMatch !== undefined) {
    if (!etagMatches(given.ifMatch, record.etag)) return 'ifMatch';
  } else if (record.lastModified > (httpTime(given.unmodifiedSince) ?? Number.POSITIVE_INFINITY)) {
    return 'unmodifiedSince';
  }
  if (given.ifNoneMatch !== undefined) return etagMatches(given.ifNoneMatch, record.etag) ? 'ifNoneMatch' : undefined;
  return record.lastModified <= (httpTime(given.modifiedSince) ?? Number.NEGATIVE_INFINITY)
    ? 'modifiedSince'
    : undefined;
};

const preconditionFailed = (condition: string): S3Error =>
  new S3Error('PreconditionFailed', undefined, { Condition: condition });

/** Says whether to answer 304. Throws PreconditionFailed. */
export const isNotModified = (record: ObjectRecord, headers: Headers): boolean => {
  const failed = failing(record, {
    ifMatch: headers['if-match'],
    ifNoneMatch: headers['if-none-match'],
    modifiedSince: headers['if-modified-since'],
    unmodifiedSince: headers['if-unmodified-since'],
  });
  if (failed === 'ifMatch') throw preconditionFailed('If-Match');
  if (failed === 'unmodifiedSince') throw preconditionFailed('If-Unmodified-Since');
  return failed !== undefined;
};

/** For the source of a copy, where every failed condition is a 412. Throws PreconditionFailed. */
export const checkCopySource = (record: ObjectRecord, headers: Headers): void => {
  const failed = failing(record, {
    ifMatch: headers['x-amz-copy-source-if-match'],
    ifNoneMatch: headers['x-amz-copy-source-if-none-match'],
    modifiedSince: headers['x-amz-copy-source-if-modified-since'],
    unmodifiedSince: headers['x-amz-copy-source-if-unmodified-since'],
  });
  if (failed !== undefined) throw preconditionFailed(`x-amz-copy-source ${failed}`);
};

/** For writing: `If-None-Match: *` wants no object there, `If-Match` wants that very one. */
export const writeCondition = (headers: Headers): Condition => {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') throw notImplemented('If-None-Match with an entity tag');
  return (current) => {
    if (ifNoneMatch !== undefined && current !== undefined) throw preconditionFailed('If-None-Match');
    if (ifMatch === undefined) return;
    if (current === undefined) throw new S3Error('NoSuchKey');
    if (!etagMatches(ifMatch, current.etag)) throw preconditionFailed('If-Match');
  };
};
