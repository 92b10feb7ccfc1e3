import * as z from 'zod';

const stateMachineArn = z.string().regex(/^arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:[\w-]+$/);

/** Environment of the api function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
  /** For deleting only. */
  ARTIFACTS_BUCKET: z.string().min(3),
  /** For encrypting only. */
  PULL_SECRET_KEY_ARN: z.string().regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/),
  DISCONNECTED_TRANSITION_ARN: stateMachineArn,
  PREPARE_MEDIA_ARN: stateMachineArn,
});

export type Environment = z.infer<typeof environment>;
