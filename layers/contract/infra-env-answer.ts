import * as z from 'zod';
import { type InfraEnv, imageTypes } from '#domain/infra-env/infra-env.ts';
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
    expires_at: date,
    pull_secret_set: z.literal(true),
    proxy: z.object({
      http_proxy: z.string().optional(),
      https_proxy: z.string().optional(),
      no_proxy: z.string().optional(),
    }),
    ssh_authorized_key: z.string().optional(),
    additional_ntp_sources: z.string().optional(),
    ntp_sources: z.string().optional(),
    additional_trust_bundle: z.string().optional(),
    ignition_config_override: z.string().optional(),
    static_network_config: z.string().optional().describe('JSON text'),
    kernel_arguments: z.string().optional().describe('JSON text'),
    rendezvous_ip: z.string().optional(),
    network_discovery_delay_seconds: z.int().optional(),
  })
  .meta({ id: 'InfraEnv' });

export type InfraEnvAnswer = z.input<typeof infraEnvAnswer>;

const jsonText = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

export const toInfraEnvAnswer = (infraEnv: InfraEnv): InfraEnvAnswer => ({
  ...infraEnv.settings,
  proxy: infraEnv.settings.proxy ?? {},
  static_network_config: jsonText(infraEnv.settings.static_network_config),
  kernel_arguments: jsonText(infraEnv.settings.kernel_arguments),
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
  expires_at: zeroDateTime,
  pull_secret_set: true,
});
