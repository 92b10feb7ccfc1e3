import * as z from 'zod';

const digits = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const spellings = `${digits}|urn:uuid:${digits}|\\{${digits}\\}|[0-9a-f]{32}`;

const uuidOf = (pattern: string) =>
  z.stringFormat('guid', new RegExp(`^(?:${pattern})$`, 'i')).meta({ format: 'uuid', pattern: undefined });

/**
 * An id in any spelling that the assisted-service API takes for well-formed: beside the usual one in braces, as a URN,
 * and without dashes. What exists is found under the usual one alone.
 */
export const uuid = uuidOf(spellings);

/** The same where an empty text stands for no id. */
export const uuidOrEmpty = uuidOf(`${spellings}|`);
