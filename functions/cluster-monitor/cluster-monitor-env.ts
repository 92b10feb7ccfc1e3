import * as z from 'zod';
import { stateMachineArn } from '#runtime/arn-variables.ts';

/** Environment of the cluster-monitor function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
  /** For asking what runs. */
  PREPARE_MEDIA_ARN: stateMachineArn,
});
