import * as z from 'zod';
import { compositionQuotaVariable } from '#runtime/quota-variables.ts';

/** Environment of the iso function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
  /** Ignitions to read, composed ISOs to upload parts of. */
  ARTIFACTS_BUCKET: z.string().min(3),
  /** For reading only. */
  RELEASES_BUCKET: z.string().min(3),
  COMPOSITIONS_PER_USER_AND_HOUR: compositionQuotaVariable,
});
