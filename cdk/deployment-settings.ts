import { readFileSync } from 'node:fs';
import type { App } from 'aws-cdk-lib/core';
import * as z from 'zod';
import { statusNamings } from '#contract/cluster-status.ts';
import { allowedOrigin, publicUrl } from '#contract/origin.ts';
import { agentImage, caCertificate, serviceBaseUrl } from '#functions/ignition/ignition-env.ts';
import { environment as iso } from '#functions/iso/iso-env.ts';

const commaSeparated = z
  .string()
  .transform((list) => list.split(',').map((item) => item.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

const version = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** On the command line it is a text. */
const count = z.union([
  z.int().min(0),
  z.string().regex(/^\d+$/, 'a whole number, 0 for any number').transform(Number),
]);

const textFile = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    context.addIssue(`the file ${path} cannot be read`);
    return z.NEVER;
  }
});

/** What a deployment can choose, each by `--context name=value`. */
const settings = z
  .object({
    stackName: z.string().default('OveIgnition'),
    /** Issuer of the callers' JSON Web Tokens; without it the API asks for IAM signatures. */
    jwtIssuer: z.url({ protocol: /^https$/ }).optional(),
    /** Accepted audiences, comma-separated. */
    jwtAudience: commaSeparated.optional(),
    /** With jwtIssuer: the issuer's public client that people sign in to the page with. */
    pageClientId: z.string().min(1).optional(),
    /** Origins besides the issuer's own that its sign-in answers from, comma-separated. */
    pageSignInOrigins: commaSeparated.pipe(z.array(allowedOrigin)).optional(),
    /** Where clients reach the API, if it has another name than API Gateway's own. */
    publicUrl: publicUrl.optional(),
    /** Origins of web pages that may call the API, comma-separated, or `*`. */
    allowedDomains: commaSeparated.pipe(z.array(allowedOrigin)).optional(),
    /** How answers name the status `disconnected`: `published` for clients that refuse what is not in the published list. */
    statusNames: z.enum(statusNamings).optional(),
    /** How many clusters and how many infra-envs each user may have; 0 for any number. */
    clustersPerUser: count.default(1_000),
    infraEnvsPerUser: count.default(1_000),
    /** How many ISOs may be composed in an hour for each user; 0 for any number. */
    compositionsPerUserAndHour: count.transform(String).pipe(iso.shape.COMPOSITIONS_PER_USER_AND_HOUR).default(100),
    /** Releases whose installers are baked into the ignition image, comma-separated exact versions. */
    bakedInstallers: commaSeparated.pipe(z.array(z.string().regex(version))).optional(),
    /** The service that the hosts of full and minimal ISOs report to; without it there are no ignitions for these. */
    serviceBaseUrl: serviceBaseUrl.optional(),
    /** Container image of the agent that these hosts run. */
    agentImage: agentImage.optional(),
    /** Path of a file with the certificates, in PEM, that vouch for the service. */
    serviceCaCertificate: textFile.pipe(caCertificate).optional(),
    /** SNS topic that the alarms notify. */
    alarmTopicArn: z.string().startsWith('arn:').optional(),
  })
  .refine(({ jwtIssuer, pageClientId }) => jwtIssuer !== undefined || pageClientId === undefined, {
    error: 'pageClientId needs jwtIssuer: people sign in where the tokens come from',
  })
  .refine(({ jwtIssuer, jwtAudience }) => (jwtIssuer === undefined) === (jwtAudience === undefined), {
    error: 'jwtIssuer and jwtAudience belong together: give both, or neither for IAM authorization',
  });

export type Settings = z.infer<typeof settings>;

/** Names the settings at fault and what they have to be. */
export class UnusableSettings extends Error {
  readonly faults: readonly { readonly setting: string; readonly reason: string }[];

  constructor(error: z.ZodError) {
    super(`The deployment's context is not usable:\n${z.prettifyError(error)}`);
    this.faults = error.issues.map(({ path: [setting = ''], message: reason }) => ({
      setting: String(setting),
      reason,
    }));
  }
}

/** @throws UnusableSettings */
export const readSettings = (app: App): Settings => {
  const given = Object.keys(settings.shape).map((name) => [name, app.node.tryGetContext(name)]);
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw new UnusableSettings(parsed.error);
};
