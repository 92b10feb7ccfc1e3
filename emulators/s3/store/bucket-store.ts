/** How buckets come and go. */
import { mkdir } from 'node:fs/promises';
import { S3Error } from '../s3-errors.ts';
import { removeFolder, writeJson } from './atomic-file.ts';
import { newBucket, requireBucket } from './catalog.ts';
import type { StoreParts } from './object-store.ts';
import type { BucketRecord } from './records.ts';
import { bucketFile, objectsFolder } from './store-layout.ts';
import type { Uploads } from './upload-store.ts';

export type Buckets = {
  /** Throws InvalidBucketName, BucketAlreadyOwnedByYou. */
  create(record: BucketRecord): Promise<void>;
  /** Throws NoSuchBucket, BucketNotEmpty. Uploads in progress go with the bucket, as in S3. */
  remove(name: string): Promise<void>;
};

const namePattern = /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const lockName = (bucket: string): string => `bucket ${bucket}`;

export const bucketsOf = ({ layout, catalog, lock }: StoreParts, uploads: Uploads): Buckets => ({
  async create(record) {
    const { name } = record;
    if (!namePattern.test(name)) throw new S3Error('InvalidBucketName', undefined, { BucketName: name });
    await lock(lockName(name), async () => {
      if (catalog.buckets.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', undefined, { BucketName: name });
      await mkdir(objectsFolder(layout, name), { recursive: true });
      await writeJson(bucketFile(layout, name), { temporary: layout.temporary, value: record });
      catalog.buckets.set(name, newBucket(record));
    });
  },
  async remove(name) {
    await lock(lockName(name), async () => {
      const bucket = requireBucket(catalog, name);
      if (bucket.objects.size > 0 || bucket.writing > 0) {
        throw new S3Error('BucketNotEmpty', undefined, { BucketName: name });
      }
      // Out of the catalog first, in the same turn as the check: no object can be put into it any more.
      catalog.buckets.delete(name);
      await uploads.removeAllOf(name);
      await removeFolder(`${layout.buckets}/${name}`, layout.temporary);
    });
  },
});
