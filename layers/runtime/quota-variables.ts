import * as z from 'zod';

/** The largest number of compositions in an hour that a quota can have: their names have to fit into one item of the table. */
export const largestCompositionQuota = 5_000;

/** A variable that says how many ISOs may be composed in an hour for each user; 0 for any number. */
export const compositionQuotaVariable = z.coerce.number<string>().int().min(0).max(largestCompositionQuota);
