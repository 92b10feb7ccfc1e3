/**
 * Where things lie below the data folder:
 *
 *     blobs/<id>                          immutable content
 *     buckets/<bucket>/bucket.json
 *     buckets/<bucket>/objects/<hash>.json  one record per object
 *     uploads/<id>/upload.json, part-<n>.json
 *     tmp/                                what is being written; emptied at start
 *
 * A key never becomes a path: its record's name is the sha256 of the key. Bucket names are checked to be plain.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';

export type Layout = {
  readonly blobs: string;
  readonly buckets: string;
  readonly uploads: string;
  readonly temporary: string;
};

export const layoutOf = (dataDir: string): Layout => ({
  blobs: join(dataDir, 'blobs'),
  buckets: join(dataDir, 'buckets'),
  uploads: join(dataDir, 'uploads'),
  temporary: join(dataDir, 'tmp'),
});

export const bucketFile = (layout: Layout, bucket: string): string => join(layout.buckets, bucket, 'bucket.json');

export const objectsFolder = (layout: Layout, bucket: string): string => join(layout.buckets, bucket, 'objects');

export const objectFile = (layout: Layout, { bucket, key }: { bucket: string; key: string }): string =>
  join(objectsFolder(layout, bucket), `${createHash('sha256').update(key).digest('hex')}.json`);

export const uploadFolder = (layout: Layout, id: string): string => join(layout.uploads, id);

export const uploadFile = (layout: Layout, id: string): string => join(layout.uploads, id, 'upload.json');

export const partFile = (layout: Layout, { id, number }: { id: string; number: number }): string =>
  join(layout.uploads, id, `part-${number}.json`);
