import * as z from 'zod';

/** The largest number of compositions in an hour that a quota can have: their names have to fit into one item of the table. */
export const largestCompositionQuota = 5_000;

/** Environment of the iso function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
  /** Ignitions to read, composed ISOs to upload parts of. */
  ARTIFACTS_BUCKET: z.string().min(3),
  /** For reading only. */
  RELEASES_BUCKET: z.string().min(3),
  /** 0 for any number. */
  COMPOSITIONS_PER_USER_AND_HOUR: z.coerce.number<string>().int().min(0).max(largestCompositionQuota),
});
