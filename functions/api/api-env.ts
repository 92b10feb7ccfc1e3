import * as z from 'zod';
import { statusNamings } from '#contract/cluster-status.ts';
import { publicUrl } from '#contract/origin.ts';
import { accessVariables } from '#runtime/access-variables.ts';
import { kmsKeyArn, stateMachineArn } from '#runtime/arn-variables.ts';

/** Environment of the api function. */
export const environment = z.object({
  TABLE_NAME: z.string().min(3),
  /** For the manifests of clusters; of artifacts for deleting only. */
  ARTIFACTS_BUCKET: z.string().min(3),
  /** For encrypting only. */
  PULL_SECRET_KEY_ARN: kmsKeyArn,
  DISCONNECTED_TRANSITION_ARN: stateMachineArn,
  PREPARE_MEDIA_ARN: stateMachineArn,
  /** For judging static networks. */
  IGNITION_FUNCTION_NAME: z.string().min(1),
  /** Where clients reach the API, if they do not reach it by the name of the gateway. */
  PUBLIC_URL: publicUrl.optional(),
  /** How answers name the status `disconnected`. */
  STATUS_NAMES: z.enum(statusNamings).default('own'),
  ...accessVariables,
});
