/**
 * What a start finds in the data folder. Records count, everything else is left over from a death: drafts, folders
 * without their record, blobs that no record names. A record whose content is missing or too short is dropped too.
 */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import type { Blobs } from './blobs.ts';
import { type Catalog, emptyCatalog, newBucket, putEntry, type Upload } from './catalog.ts';
import type { Extent } from './extents.ts';
import { bucketSchema, objectSchema, partSchema, readRecord, uploadSchema } from './records.ts';
import { bucketFile, type Layout, objectsFolder, uploadFile, uploadFolder } from './store-layout.ts';

type BlobSizes = ReadonlyMap<string, number>;

const readBlobSizes = async (layout: Layout): Promise<BlobSizes> => {
  const sizes = new Map<string, number>();
  for (const name of await readdir(layout.blobs)) sizes.set(name, (await stat(join(layout.blobs, name))).size);
  return sizes;
};

const isWhole = (extents: readonly Extent[], sizes: BlobSizes): boolean =>
  extents.every(({ blob, offset, length }) => (sizes.get(blob) ?? -1) >= offset + length);

/** The sound records among a folder's files called `pattern`; the others are removed. */
const readRecords = async <T extends { extents: Extent[] }>(
  folder: string,
  options: { pattern: RegExp; schema: z.ZodType<T>; sizes: BlobSizes },
): Promise<T[]> => {
  const records: T[] = [];
  for (const name of await readdir(folder)) {
    if (!options.pattern.test(name)) continue;
    const record = await readRecord(join(folder, name), options.schema);
    if (record !== undefined && isWhole(record.extents, options.sizes)) records.push(record);
    else await rm(join(folder, name), { force: true });
  }
  return records;
};

const recoverBuckets = async (layout: Layout, sizes: BlobSizes): Promise<Catalog['buckets']> => {
  const { buckets } = emptyCatalog();
  for (const name of await readdir(layout.buckets)) {
    const record = await readRecord(bucketFile(layout, name), bucketSchema);
    if (record === undefined) {
      await rm(join(layout.buckets, name), { recursive: true, force: true });
      continue;
    }
    const bucket = newBucket(record);
    const options = { pattern: /\.json$/, schema: objectSchema, sizes };
    for (const object of await readRecords(objectsFolder(layout, name), options)) putEntry(bucket, object);
    buckets.set(name, bucket);
  }
  return buckets;
};

const recoverUploads = async (
  layout: Layout,
  { sizes, buckets }: { sizes: BlobSizes; buckets: Catalog['buckets'] },
): Promise<Catalog['uploads']> => {
  const uploads = new Map<string, Upload>();
  for (const id of await readdir(layout.uploads)) {
    const record = await readRecord(uploadFile(layout, id), uploadSchema);
    if (record === undefined || !buckets.has(record.bucket)) {
      await rm(uploadFolder(layout, id), { recursive: true, force: true });
      continue;
    }
    const parts = await readRecords(uploadFolder(layout, id), {
      pattern: /^part-\d+\.json$/,
      schema: partSchema,
      sizes,
    });
    uploads.set(id, { record, parts: new Map(parts.map((part) => [part.number, part])) });
  }
  return uploads;
};

const allExtents = ({ buckets, uploads }: Catalog): Extent[] => [
  ...[...buckets.values()].flatMap(({ objects }) => [...objects.values()].flatMap(({ extents }) => extents)),
  ...[...uploads.values()].flatMap(({ parts }) => [...parts.values()].flatMap(({ extents }) => extents)),
];

/** Reads the catalog and sweeps the rest. Must be the only one at work in the data folder. */
export const recover = async (layout: Layout, blobs: Blobs): Promise<Catalog> => {
  await rm(layout.temporary, { recursive: true, force: true });
  for (const folder of Object.values(layout)) await mkdir(folder, { recursive: true });
  const sizes = await readBlobSizes(layout);
  const buckets = await recoverBuckets(layout, sizes);
  const catalog = { buckets, uploads: await recoverUploads(layout, { sizes, buckets }) };
  blobs.retain(allExtents(catalog));
  for (const blob of sizes.keys()) {
    if (!blobs.isHeld(blob)) await rm(join(layout.blobs, blob), { recursive: true, force: true });
  }
  return catalog;
};
