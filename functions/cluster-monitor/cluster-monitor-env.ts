import * as z from 'zod';

/** Environment of the cluster-monitor function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
});
