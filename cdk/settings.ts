import type { App } from 'aws-cdk-lib/core';
import * as z from 'zod';

const commaSeparated = z
  .string()
  .transform((list) => list.split(',').map((item) => item.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

const version = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** What a deployment can choose, each by `--context name=value`. */
const settings = z
  .object({
    stackName: z.string().default('OveIgnition'),
    /** Issuer of the callers' JSON Web Tokens; without it the API asks for IAM signatures. */
    jwtIssuer: z.url({ protocol: /^https$/ }).optional(),
    /** Accepted audiences, comma-separated. */
    jwtAudience: commaSeparated.optional(),
    /** Releases whose installers are baked into the ignition image, comma-separated exact versions. */
    bakedInstallers: commaSeparated.pipe(z.array(z.string().regex(version))).optional(),
    /** SNS topic that the alarms notify. */
    alarmTopicArn: z.string().startsWith('arn:').optional(),
  })
  .refine(({ jwtIssuer, jwtAudience }) => (jwtIssuer === undefined) === (jwtAudience === undefined), {
    error: 'jwtIssuer and jwtAudience belong together: give both, or neither for IAM authorization',
  });

export type Settings = z.infer<typeof settings>;

/** @throws Error that names the context value at fault and what it has to be */
export const readSettings = (app: App): Settings => {
  const given = Object.keys(settings.shape).map((name) => [name, app.node.tryGetContext(name)]);
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw new Error(`The deployment's context is not usable:\n${z.prettifyError(parsed.error)}`);
};
