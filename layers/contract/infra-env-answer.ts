import * as z from 'zod';
import { imageTypes } from '#domain/infra-env/image-type.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { ImageLink } from '#domain/infra-env/infra-env-ports.ts';
import { shownSettings, shownShape } from '#domain/infra-env/shown-settings.ts';
import { time, zeroDateTime } from './dates.ts';

const date = z.string().meta({ format: 'date-time' });

/** An infra-env as clients read it. What is not named here cannot leave. */
export const infraEnvAnswer = z
  .object({
    kind: z.literal('InfraEnv'),
    id: z.guid(),
    href: z.string(),
    name: z.string(),
    type: z.enum(imageTypes),
    cluster_id: z.guid().optional(),
    openshift_version: z.string().optional(),
    cpu_architecture: z.string(),
    user_name: z.string(),
    org_id: z.string().optional(),
    email_domain: z.string(),
    created_at: date,
    updated_at: date,
    download_url: z
      .url()
      .optional()
      .describe('of the image; absent for full-iso and minimal-iso, which an assisted-image-service makes'),
    size_bytes: z.int().optional().describe('of the image; absent while its release has no base ISO'),
    expires_at: date.describe('when download_url stops working; the zero date if never'),
    pull_secret_set: z.literal(true).describe('the secret itself is never answered'),
    ...shownShape,
  })
  .meta({ id: 'InfraEnv' });

type InfraEnvAnswer = z.input<typeof infraEnvAnswer>;

/** The end of a link, or the zero date of one that has none. */
export const linkEnd = (link: ImageLink | undefined): string =>
  link?.expiresAt === undefined ? zeroDateTime : link.expiresAt.toISOString();

/** @param link to the infra-env's image, where there is one for this caller */
export const toInfraEnvAnswer = (infraEnv: InfraEnv, link: ImageLink | undefined): InfraEnvAnswer => ({
  ...shownSettings(infraEnv.settings),
  kind: 'InfraEnv',
  id: infraEnv.id,
  href: `/api/assisted-install/v2/infra-envs/${infraEnv.id}`,
  name: infraEnv.name,
  type: infraEnv.type,
  cluster_id: infraEnv.clusterId,
  openshift_version: infraEnv.openshiftVersion,
  cpu_architecture: infraEnv.cpuArchitecture,
  user_name: infraEnv.owner.userName,
  org_id: infraEnv.owner.orgId,
  email_domain: infraEnv.owner.emailDomain,
  created_at: time(infraEnv.createdAt),
  updated_at: time(infraEnv.updatedAt),
  download_url: link?.url,
  size_bytes: link?.size,
  expires_at: linkEnd(link),
  pull_secret_set: true,
});
