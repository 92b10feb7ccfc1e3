/** What is stored about objects, uploads and parts, and how a record file is read back. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { checksumAlgorithms, checksumTypes } from '../body/checksum.ts';

const count = z.int().nonnegative();

const extentSchema = z.object({ blob: z.uuid(), offset: count, length: z.int().positive() });

const checksumSchema = z.object({
  algorithm: z.enum(checksumAlgorithms),
  value: z.string(),
  type: z.enum(checksumTypes),
});

/** Response headers kept with the object: content type and the like, `x-amz-meta-*`, server-side encryption. */
const keptHeadersSchema = z.record(z.string(), z.string());

/** `etag` without quotes; `lastModified` in ms since 1970, whole seconds. */
export const objectSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  size: count,
  etag: z.string(),
  lastModified: count,
  headers: keptHeadersSchema,
  checksum: checksumSchema.optional(),
  extents: z.array(extentSchema),
});

export const partSchema = z.object({
  number: z.int().min(1).max(10_000),
  size: count,
  etag: z.string(),
  lastModified: count,
  checksum: checksumSchema.optional(),
  extents: z.array(extentSchema),
});

export const uploadSchema = z.object({
  id: z.uuid(),
  bucket: z.string(),
  key: z.string(),
  initiated: count,
  headers: keptHeadersSchema,
  checksum: checksumSchema.omit({ value: true }).optional(),
});

export const bucketSchema = z.object({ name: z.string(), created: count });

export type ObjectRecord = Readonly<z.infer<typeof objectSchema>>;
export type PartRecord = Readonly<z.infer<typeof partSchema>>;
export type UploadRecord = Readonly<z.infer<typeof uploadSchema>>;
export type BucketRecord = Readonly<z.infer<typeof bucketSchema>>;

/** The record in a file, undefined if there is none or it is damaged. */
export const readRecord = async <T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> => {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
};

/** S3 knows the time of a change to the second. In ms since 1970. */
export const wholeSeconds = (date: Date): number => Math.floor(date.getTime() / 1000) * 1000;
