import * as z from 'zod';
import { accessVariables } from '#runtime/access-variables.ts';
import { stateMachineArn } from '#runtime/arn-variables.ts';
import { compositionQuotaVariable } from '#runtime/quota-variables.ts';

/** Environment of the downloads function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
  /** For reading only. */
  ARTIFACTS_BUCKET: z.string().min(3),
  IGNITION_FUNCTION_NAME: z.string().min(1),
  PREPARE_MEDIA_ARN: stateMachineArn,
  /** How long a presigned link works; S3 takes 7 days at most. */
  LINK_SECONDS: z.coerce.number<string>().int().min(1).max(604_800),
  /** For knowing whether a larger one holds than an ISO was postponed by. */
  COMPOSITIONS_PER_USER_AND_HOUR: compositionQuotaVariable,
  ...accessVariables,
});
