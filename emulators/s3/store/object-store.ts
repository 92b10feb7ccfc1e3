/**
 * How an object's record appears, changes and goes: one at a time per key, the condition checked inside, so that of
 * many conditional writers exactly one wins.
 */
import { rm } from 'node:fs/promises';
import { writeJson } from './atomic-file.ts';
import type { Blobs } from './blobs.ts';
import { type Bucket, type Catalog, type ObjectName, putEntry, removeEntry, requireBucket } from './catalog.ts';
import type { KeyLock } from './key-lock.ts';
import type { ObjectRecord } from './records.ts';
import { type Layout, objectFile } from './store-layout.ts';

export type StoreParts = { layout: Layout; blobs: Blobs; catalog: Catalog; lock: KeyLock };

/** Looks at the object as it is now, undefined if there is none; throws to refuse the change. */
export type Condition = (current: ObjectRecord | undefined) => void;

export type Objects = {
  /**
   * Makes `record` the object of its key. Takes over the caller's hold on its extents, also when it throws
   * (NoSuchBucket or what the condition throws).
   */
  put(record: ObjectRecord, condition: Condition): Promise<void>;
  /** Removing what is not there succeeds. */
  remove(name: ObjectName, condition: Condition): Promise<void>;
};

const lockName = ({ bucket, key }: ObjectName): string => `object ${bucket}/${key}`;

/** Counted without a pause after the bucket was found: it cannot be deleted under a record being written. */
const whileWriting = async (bucket: Bucket, work: () => Promise<void>): Promise<void> => {
  bucket.writing += 1;
  try {
    await work();
  } finally {
    bucket.writing -= 1;
  }
};

export const objectsOf = ({ layout, blobs, catalog, lock }: StoreParts): Objects => {
  const replace = async (record: ObjectRecord, condition: Condition): Promise<ObjectRecord | undefined> => {
    const bucket = requireBucket(catalog, record.bucket);
    const current = bucket.objects.get(record.key);
    condition(current);
    await whileWriting(bucket, async () => {
      await writeJson(objectFile(layout, record), { temporary: layout.temporary, value: record });
      putEntry(bucket, record);
    });
    return current;
  };

  const drop = async (name: ObjectName, condition: Condition): Promise<ObjectRecord | undefined> => {
    const bucket = requireBucket(catalog, name.bucket);
    const current = bucket.objects.get(name.key);
    condition(current);
    if (current === undefined) return undefined;
    await whileWriting(bucket, async () => {
      await rm(objectFile(layout, name), { force: true });
      removeEntry(bucket, name.key);
    });
    return current;
  };

  return {
    async put(record, condition) {
      try {
        const replaced = await lock(lockName(record), () => replace(record, condition));
        await blobs.release(replaced?.extents ?? []);
      } catch (error) {
        await blobs.release(record.extents);
        throw error;
      }
    },
    async remove(name, condition) {
      const removed = await lock(lockName(name), () => drop(name, condition));
      await blobs.release(removed?.extents ?? []);
    },
  };
};
