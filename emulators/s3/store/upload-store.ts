/** Multipart uploads in progress: their parts, kept until the upload is completed or aborted. */
import { mkdir } from 'node:fs/promises';
import { S3Error } from '../s3-errors.ts';
import { removeFolder, writeJson } from './atomic-file.ts';
import { requireBucket, type Upload } from './catalog.ts';
import type { StoreParts } from './object-store.ts';
import type { PartRecord, UploadRecord } from './records.ts';
import { partFile, uploadFile, uploadFolder } from './store-layout.ts';

export type Uploads = {
  create(record: UploadRecord): Promise<void>;
  /** Takes over the caller's hold on the part's extents, also when it throws (NoSuchUpload). */
  putPart(id: string, part: PartRecord): Promise<void>;
  /** Runs `finish` with the upload to itself, then removes it. Throws NoSuchUpload. */
  complete<T>(id: string, finish: (upload: Upload) => Promise<T>): Promise<T>;
  abort(id: string): Promise<void>;
  removeAllOf(bucket: string): Promise<void>;
};

const lockName = (id: string): string => `upload ${id}`;

export const uploadsOf = ({ layout, blobs, catalog, lock }: StoreParts): Uploads => {
  const requireId = (id: string): Upload => {
    const upload = catalog.uploads.get(id);
    if (upload === undefined) throw new S3Error('NoSuchUpload', undefined, { UploadId: id });
    return upload;
  };

  const forget = async (upload: Upload): Promise<void> => {
    const { id } = upload.record;
    catalog.uploads.delete(id);
    await removeFolder(uploadFolder(layout, id), layout.temporary);
    await blobs.release([...upload.parts.values()].flatMap((part) => part.extents));
  };

  const complete: Uploads['complete'] = (id, finish) =>
    lock(lockName(id), async () => {
      const upload = requireId(id);
      const result = await finish(upload);
      await forget(upload);
      return result;
    });

  const abort = (id: string): Promise<void> => complete(id, async () => {});

  const replacePart = async (id: string, part: PartRecord): Promise<PartRecord | undefined> => {
    const upload = requireId(id);
    const replaced = upload.parts.get(part.number);
    await writeJson(partFile(layout, { id, number: part.number }), { temporary: layout.temporary, value: part });
    upload.parts.set(part.number, part);
    return replaced;
  };

  return {
    async create(record) {
      await mkdir(uploadFolder(layout, record.id));
      await writeJson(uploadFile(layout, record.id), { temporary: layout.temporary, value: record });
      requireBucket(catalog, record.bucket);
      catalog.uploads.set(record.id, { record, parts: new Map() });
    },
    async putPart(id, part) {
      try {
        const replaced = await lock(lockName(id), () => replacePart(id, part));
        await blobs.release(replaced?.extents ?? []);
      } catch (error) {
        await blobs.release(part.extents);
        throw error;
      }
    },
    complete,
    abort,
    async removeAllOf(bucket) {
      const doomed = [...catalog.uploads.values()].filter(({ record }) => record.bucket === bucket);
      await Promise.all(doomed.map(({ record }) => abort(record.id)));
    },
  };
};
