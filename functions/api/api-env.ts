import * as z from 'zod';
import { statusNamings } from '#contract/cluster-status.ts';
import { allowedOrigin, publicUrl } from '#contract/origin.ts';
import { accessVariables, listOf } from '#runtime/access-variables.ts';
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
  /** With `jwt`: the issuer's client that people sign in to the page with. */
  PAGE_CLIENT_ID: z.string().min(1).optional(),
  /** Origins besides the issuer's own that its sign-in answers from, comma-separated. */
  PAGE_SIGN_IN_ORIGINS: listOf(allowedOrigin).optional(),
  /** How many each user may have; 0 for any number. */
  CLUSTERS_PER_USER: z.coerce.number<string>().int().min(0),
  INFRA_ENVS_PER_USER: z.coerce.number<string>().int().min(0),
  ...accessVariables,
});
