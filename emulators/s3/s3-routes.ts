/** Which operation a request means: one table, first match wins. */

import { createBucket, deleteBucket, headBucket, listBuckets } from './operations/bucket-operations.ts';
import { completeUpload } from './operations/complete-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { copyPart } from './operations/copy-part.ts';
import { abortUpload, createUpload } from './operations/create-upload.ts';
import { deleteObject, deleteObjects } from './operations/delete-objects.ts';
import { getObject, headObject, responseOverrides } from './operations/get-object.ts';
import { listObjects } from './operations/list-objects.ts';
import { listParts, listUploads } from './operations/list-uploads.ts';
import { putObject } from './operations/put-object.ts';
import { uploadPart } from './operations/upload-part.ts';
import { notImplemented, S3Error } from './s3-errors.ts';
import type { Operation } from './s3-operation.ts';
import {
  aborts,
  completes,
  creates,
  deletes,
  lists,
  listsBuckets,
  listsParts,
  listsUploads,
  type Need,
  reads,
  readsSource,
  removes,
  writes,
  writesPart,
} from './s3-permissions.ts';
import type { Target } from './s3-request.ts';

type Level = 'service' | 'bucket' | 'object';

type Route = {
  readonly method: string;
  readonly level: Level;
  /** Query parameters that must be there. */
  readonly marks?: readonly string[];
  readonly copies?: boolean;
  /** Query parameters that may be there. */
  readonly options?: readonly string[];
  readonly run: Operation;
  readonly needs: readonly Need[];
};

const overrides = Object.keys(responseOverrides);
const listOptions = [
  'prefix',
  'delimiter',
  'continuation-token',
  'start-after',
  'max-keys',
  'encoding-type',
  'fetch-owner',
];
const uploadOptions = ['prefix', 'key-marker', 'upload-id-marker', 'max-uploads'];
const part = ['partNumber', 'uploadId'];

const routes: readonly Route[] = [
  {
    method: 'GET',
    level: 'object',
    marks: ['uploadId'],
    options: ['max-parts', 'part-number-marker'],
    run: listParts,
    needs: [listsParts],
  },
  { method: 'GET', level: 'object', options: overrides, run: getObject, needs: [reads] },
  { method: 'HEAD', level: 'object', options: overrides, run: headObject, needs: [reads] },
  { method: 'PUT', level: 'object', marks: part, copies: true, run: copyPart, needs: [writesPart, readsSource] },
  { method: 'PUT', level: 'object', marks: part, run: uploadPart, needs: [writesPart] },
  { method: 'PUT', level: 'object', copies: true, run: copyObject, needs: [writes, readsSource] },
  { method: 'PUT', level: 'object', run: putObject, needs: [writes] },
  { method: 'DELETE', level: 'object', marks: ['uploadId'], run: abortUpload, needs: [aborts] },
  { method: 'DELETE', level: 'object', run: deleteObject, needs: [deletes] },
  { method: 'POST', level: 'object', marks: ['uploads'], run: createUpload, needs: [writesPart] },
  { method: 'POST', level: 'object', marks: ['uploadId'], run: completeUpload, needs: [completes] },
  {
    method: 'GET',
    level: 'bucket',
    marks: ['uploads'],
    options: uploadOptions,
    run: listUploads,
    needs: [listsUploads],
  },
  { method: 'GET', level: 'bucket', marks: ['list-type'], options: listOptions, run: listObjects, needs: [lists] },
  { method: 'POST', level: 'bucket', marks: ['delete'], run: deleteObjects, needs: [] },
  { method: 'HEAD', level: 'bucket', run: headBucket, needs: [lists] },
  { method: 'PUT', level: 'bucket', run: createBucket, needs: [creates] },
  { method: 'DELETE', level: 'bucket', run: deleteBucket, needs: [removes] },
  { method: 'GET', level: 'service', run: listBuckets, needs: [listsBuckets] },
];

const methods = new Set(routes.map(({ method }) => method));

const levelOf = ({ bucket, key }: Target): Level => {
  if (bucket === undefined) return 'service';
  return key === undefined ? 'bucket' : 'object';
};

/** Authentication's own parameters and the SDK's name of the operation say nothing about what is wanted. */
const meaningful = ({ query }: Target): string[] =>
  query.map(([name]) => name).filter((name) => name !== 'x-id' && !/^x-amz-/i.test(name));

const fits = (route: Route, names: readonly string[]): boolean =>
  (route.marks ?? []).every((mark) => names.includes(mark)) &&
  names.every((name) => route.marks?.includes(name) || route.options?.includes(name));

/** Throws NotImplemented for what S3 can and this server cannot, MethodNotAllowed for a method S3 does not have. */
export const findOperation = (target: Target): Pick<Route, 'run' | 'needs'> => {
  if (!methods.has(target.method)) throw new S3Error('MethodNotAllowed');
  const level = levelOf(target);
  const names = meaningful(target);
  const copies = target.headers['x-amz-copy-source'] !== undefined;
  const route = routes.find(
    (candidate) =>
      candidate.method === target.method &&
      candidate.level === level &&
      (candidate.copies ?? false) === copies &&
      fits(candidate, names),
  );
  if (route !== undefined) return route;
  const what = names.length === 0 ? '' : ` with ${names.join(', ')}`;
  throw notImplemented(`${target.method} of a ${level}${what}`);
};
