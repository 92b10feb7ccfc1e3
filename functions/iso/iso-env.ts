import * as z from 'zod';

/** Environment of the iso function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
  /** Ignitions to read, composed ISOs to upload parts of. */
  ARTIFACTS_BUCKET: z.string().min(3),
  /** For reading only. */
  RELEASES_BUCKET: z.string().min(3),
});
