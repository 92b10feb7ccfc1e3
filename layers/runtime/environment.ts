import type * as z from 'zod';

/**
 * The environment of this process by the schema of a function. A cold start waits for it, and it is read once: compiling a
 * parser for it, as zod does otherwise, takes longer than that saves.
 *
 * @throws ZodError that names the variables
 */
export const readEnvironment = <Schema extends z.ZodType>(schema: Schema): z.output<Schema> =>
  schema.parse(process.env, { jitless: true });
