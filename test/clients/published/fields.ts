import * as z from 'zod';

export const uuid = z.guid();
// Go's strfmt.DateTime and Python's dateutil both read RFC 3339, the zero date included.
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/);

// What is not required may be null.
export const text = z.string().nullish();
export const flag = z.boolean().nullish();
export const count = z.int().nullish();
export const time = date.nullish();
export const jsonText = z
  .string()
  .refine((value) => JSON.parse(value) !== undefined, 'is not JSON')
  .nullish();

export const architectures = ['x86_64', 'aarch64', 'arm64', 'ppc64le', 's390x'];

/** How a client takes a text from a published list: as one of it, or as any text. */
export type OneOf = (values: readonly string[]) => z.ZodType<string>;
