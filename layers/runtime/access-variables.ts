import * as z from 'zod';
import { allowedOrigin } from '#contract/origin.ts';
import { kmsKeyArn } from './arn-variables.ts';

/** Comma-separated. */
export const listOf = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(item).min(1));

/** What the functions behind the HTTP API are given about who may call them, as variables of their environment. */
export const accessVariables = {
  /** `none` takes everyone for `admin`: for `npm start` alone, a deployed stack never has it. */
  AUTHENTICATION: z.enum(['none', 'jwt', 'iam']),
  /** With `jwt`: who issues the callers' tokens. */
  JWT_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  /** With `jwt`: for whom they have to be, comma-separated. */
  JWT_AUDIENCE: listOf(z.string().min(1)).optional(),
  /** HMAC key of image tokens. */
  IMAGE_TOKEN_KEY_ARN: kmsKeyArn,
  /** Origins of web pages that may call, comma-separated, or `*`. */
  ALLOWED_DOMAINS: listOf(allowedOrigin).optional(),
};
