import * as z from 'zod';
import { cpuArchitectures } from '../architecture.ts';
import { kernelArgumentOperations, kernelArgumentPattern } from '../rules/kernel-arguments.ts';
import { macAddressPattern } from '../rules/static-network.ts';
import { imageTypes } from './infra-env.ts';

/** The assisted-service API knows no limit for a name; this is one of a DNS name. */
const name = z.string().min(1).max(253);
const imageType = z.enum(imageTypes);
const text = z.string();
const trustBundle = z.string().max(65_535);
const delaySeconds = z.int().min(0);

const proxyParams = z.strictObject({
  http_proxy: text.nullish(),
  https_proxy: text.nullish(),
  no_proxy: text.nullish(),
});

const kernelArgument = z.strictObject({
  operation: z.enum(kernelArgumentOperations),
  value: z.string().regex(kernelArgumentPattern),
});

const macAddress = z.string().regex(macAddressPattern);

const hostParams = z.strictObject({
  network_yaml: text.nullish(),
  mac_interface_map: z.array(z.strictObject({ mac_address: macAddress, logical_nic_name: text.nullish() })).nullish(),
});

/**
 * The body of `PATCH /v2/infra-envs/{id}` (assisted-service API). null counts as absent, as in Go's JSON. Shape only: what a
 * value means is judged by the rules.
 */
export const infraEnvUpdateParams = z.strictObject({
  pull_secret: text.nullish(),
  image_type: imageType.nullish(),
  openshift_version: text.nullish(),
  ssh_authorized_key: text.nullish(),
  proxy: proxyParams.nullish(),
  additional_ntp_sources: text.nullish(),
  ntp_sources: text.nullish(),
  kernel_arguments: z.array(kernelArgument).nullish(),
  additional_trust_bundle: trustBundle.nullish(),
  ignition_config_override: text.nullish(),
  static_network_config: z.array(hostParams).nullish(),
  network_discovery_delay_seconds: delaySeconds.nullish(),
  rendezvous_ip: text.nullish(),
});
export type InfraEnvUpdateParams = z.infer<typeof infraEnvUpdateParams>;

/** The body of `POST /v2/infra-envs`. */
export const infraEnvCreateParams = infraEnvUpdateParams.extend({
  name,
  pull_secret: text,
  cluster_id: z.guid().nullish(),
  cpu_architecture: z.enum(cpuArchitectures).nullish(),
});
export type InfraEnvCreateParams = z.infer<typeof infraEnvCreateParams>;

/** The settings of an infra-env as they are stored: checked, and absent when unset. Hosts are in the user's order. */
export const infraEnvSettings = z.strictObject({
  ssh_authorized_key: z.exactOptional(text),
  proxy: z.exactOptional(
    z.strictObject({
      http_proxy: z.exactOptional(text),
      https_proxy: z.exactOptional(text),
      no_proxy: z.exactOptional(text),
    }),
  ),
  additional_ntp_sources: z.exactOptional(text),
  ntp_sources: z.exactOptional(text),
  kernel_arguments: z.exactOptional(z.array(kernelArgument)),
  additional_trust_bundle: z.exactOptional(trustBundle),
  ignition_config_override: z.exactOptional(text),
  static_network_config: z.exactOptional(
    z.array(
      z.strictObject({
        network_yaml: text,
        mac_interface_map: z.array(z.strictObject({ mac_address: macAddress, logical_nic_name: text })),
      }),
    ),
  ),
  network_discovery_delay_seconds: z.exactOptional(delaySeconds),
  rendezvous_ip: z.exactOptional(text),
});
export type InfraEnvSettings = z.infer<typeof infraEnvSettings>;
