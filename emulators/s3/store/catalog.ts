/**
 * What exists, in memory: buckets, the records of their objects, uploads in progress. Holds about a kilobyte per
 * object and never content, so that HEAD, conditions and lists touch no disk. The files are the truth; this is read from them.
 */
import { S3Error } from '../s3-errors.ts';
import type { BucketRecord, ObjectRecord, PartRecord, UploadRecord } from './records.ts';
import { insertKey, removeKey } from './sorted-keys.ts';

export type Bucket = {
  readonly record: BucketRecord;
  readonly objects: Map<string, ObjectRecord>;
  /** The same keys, sorted. */
  readonly keys: string[];
  /** Records being written: a bucket is not empty while one is. */
  writing: number;
};

export type Upload = { readonly record: UploadRecord; readonly parts: Map<number, PartRecord> };

export type Catalog = { readonly buckets: Map<string, Bucket>; readonly uploads: Map<string, Upload> };

export const emptyCatalog = (): Catalog => ({ buckets: new Map(), uploads: new Map() });

export const newBucket = (record: BucketRecord): Bucket => ({ record, objects: new Map(), keys: [], writing: 0 });

/** Throws NoSuchBucket. */
export const requireBucket = (catalog: Catalog, name: string): Bucket => {
  const bucket = catalog.buckets.get(name);
  if (bucket === undefined) throw new S3Error('NoSuchBucket', undefined, { BucketName: name });
  return bucket;
};

export type ObjectName = { readonly bucket: string; readonly key: string };

/** Throws NoSuchBucket, NoSuchKey. */
export const requireObject = (catalog: Catalog, { bucket, key }: ObjectName): ObjectRecord => {
  const record = requireBucket(catalog, bucket).objects.get(key);
  if (record === undefined) throw new S3Error('NoSuchKey', undefined, { Key: key });
  return record;
};

/** Throws NoSuchBucket, and NoSuchUpload also for an upload of another key. */
export const requireUpload = (catalog: Catalog, { bucket, key, id }: ObjectName & { id: string }): Upload => {
  requireBucket(catalog, bucket);
  const upload = catalog.uploads.get(id);
  if (upload?.record.bucket !== bucket || upload.record.key !== key) {
    throw new S3Error('NoSuchUpload', undefined, { UploadId: id });
  }
  return upload;
};

export const putEntry = (bucket: Bucket, record: ObjectRecord): void => {
  bucket.objects.set(record.key, record);
  insertKey(bucket.keys, record.key);
};

export const removeEntry = (bucket: Bucket, key: string): void => {
  bucket.objects.delete(key);
  removeKey(bucket.keys, key);
};
