import * as z from 'zod';
import { supportLevels } from '#domain/release/release.ts';

const version = z
  .object({
    display_name: z.string(),
    support_level: z.enum(supportLevels),
    cpu_architectures: z.array(z.string()).readonly(),
    default: z.boolean().optional(),
  })
  .meta({ id: 'OpenshiftVersion' });

/** Releases by display name. */
export const versionsAnswer = z.record(z.string(), version);

export const releaseSourcesAnswer = z
  .array(
    z
      .object({
        openshift_version: z.string().describe('major.minor'),
        multi_cpu_architectures: z.array(z.string()).readonly(),
        upgrade_channels: z
          .array(z.object({ cpu_architecture: z.string(), channels: z.array(z.string()).readonly() }))
          .readonly(),
      })
      .meta({ id: 'ReleaseSource' }),
  )
  .readonly();
