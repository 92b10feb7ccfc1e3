import { failure } from '#domain/errors.ts';

/** Counted up when records change so that the version of the service before would misread them. */
const currentSchema = 1;

/** What is written with a record. */
export const schemaMark = { schemaVersion: currentSchema } as const;

type Item = Readonly<Record<string, unknown>>;

/**
 * The record in an item, without the mark. The first releases wrote none: theirs are of version 1.
 *
 * @throws RecordOfLaterVersion where the service was put back to a version that would misread it
 */
export const recordIn = ({ schemaVersion = 1, ...record }: Item): Item => {
  if (!(Number(schemaVersion) <= currentSchema)) throw failure('RecordOfLaterVersion');
  return record;
};
