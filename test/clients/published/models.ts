import * as z from 'zod';
import { clusterFor } from './cluster.ts';
import { architectures, count, date, flag, jsonText, type OneOf, text, time, uuid } from './fields.ts';

/**
 * What the clients that are generated from the published assisted-service API demand of an answer, written by hand from
 * that API's description and not from this service's contract. Python refuses a value outside a published list, a
 * required field that is absent and what cannot be converted; Go refuses what does not decode. Both pass over fields that
 * they do not know, and take null for an absent one that is not required.
 */
export type Language = 'go' | 'python';

const infraEnvFor = (oneOf: OneOf) =>
  z.looseObject({
    kind: oneOf(['InfraEnv']),
    id: uuid,
    href: z.string(),
    name: z.string(),
    type: oneOf(['full-iso', 'minimal-iso', 'disconnected-iso']),
    created_at: date,
    updated_at: date,
    expires_at: time,
    // Never null: aicli tells bound from unbound by its presence.
    cluster_id: uuid.optional(),
    openshift_version: text,
    cpu_architecture: oneOf(architectures).nullish(),
    user_name: text,
    org_id: text,
    email_domain: text,
    download_url: text,
    generator_version: text,
    size_bytes: z.int().min(0).nullish(),
    pull_secret_set: flag,
    proxy: z.looseObject({ http_proxy: text, https_proxy: text, no_proxy: text }).nullish(),
    ssh_authorized_key: text,
    additional_ntp_sources: text,
    ntp_sources: text,
    additional_trust_bundle: text,
    ignition_config_override: text,
    rendezvous_ip: text,
    static_network_config: jsonText,
    kernel_arguments: jsonText,
    network_discovery_delay_seconds: count,
  });

/** Of an error with status 401 or 403. */
export const infraError = z.looseObject({ code: z.int().min(401).max(403), message: z.string() });

/** Of every other error that an operation declares. */
export const error = z.looseObject({
  kind: z.literal('Error'),
  id: z.int().min(400).max(504),
  href: z.string(),
  code: z.string(),
  reason: z.string(),
});

/** Of the published API's framework, whose errors its own description does not know. */
export const frameworkError = z.looseObject({ code: z.int().min(400).max(505), message: z.string() });

/** The models as clients in a language read them. */
export const modelsFor = (language: Language) => {
  const oneOf: OneOf = (values) => (language === 'python' ? z.enum(values as [string, ...string[]]) : z.string());
  return {
    cluster: clusterFor(oneOf),
    infraEnv: infraEnvFor(oneOf),
    version: z.looseObject({
      display_name: z.string(),
      support_level: oneOf(['beta', 'production', 'maintenance', 'end-of-life']),
      cpu_architectures: z.array(z.string()),
      default: flag,
    }),
    event: z.looseObject({
      name: text,
      cluster_id: uuid.nullish(),
      infra_env_id: uuid.nullish(),
      severity: oneOf(['info', 'warning', 'error', 'critical']),
      category: oneOf(['user', 'metrics']).nullish(),
      message: z.string(),
      event_time: date,
    }),
    presignedUrl: z.looseObject({ url: z.url(), expires_at: time }),
  };
};

export type Models = ReturnType<typeof modelsFor>;
