import * as z from 'zod';
import { cpuArchitectures } from '../architecture.ts';
import { uuidOrEmpty } from '../values/uuid.ts';
import { imageTypes } from './image-type.ts';
import { kernelArgumentOperations, kernelArgumentPattern } from './kernel-arguments.ts';
import { macAddressPattern } from './static-network.ts';

/** The assisted-service API knows no limit for a name; this is one of a DNS name. */
const name = z.string().min(1).max(253);
// An empty text stands for an absent one.
const imageType = z.enum(['', ...imageTypes]);
const text = z.string();
const trustBundle = z.string().max(65_535);
/** The assisted-service API knows no limit; nobody waits longer than a day, and systemd counts in microseconds. */
const delaySeconds = z.int().min(0).max(86_400);

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
  network_yaml: text.nullish().describe('state of the network in the YAML of nmstate'),
  mac_interface_map: z
    .array(z.strictObject({ mac_address: macAddress, logical_nic_name: text.nullish() }))
    .nullish()
    .describe('which interface of the YAML has which MAC address; by these a host finds its own settings'),
});

/**
 * The body of `PATCH /v2/infra-envs/{id}` (assisted-service API). null counts as absent, as in Go's JSON. Shape only: what a
 * value means is judged by the rules.
 */
export const infraEnvUpdateParams = z
  .strictObject({
    pull_secret: text.nullish().describe('the pull secret as JSON text; it is encrypted at once and never answered'),
    image_type: imageType.nullish().describe('at first full-iso'),
    openshift_version: text
      .nullish()
      .describe("of the ISO, the newest if empty; of an infra-env with a cluster always the cluster's"),
    ssh_authorized_key: text.nullish().describe('SSH public keys of the user `core`, one per line'),
    proxy: proxyParams.nullish().describe('an absent member stays, an empty text clears'),
    additional_ntp_sources: text
      .nullish()
      .describe(
        'comma-separated names or addresses of time sources beside those of the network; excludes `ntp_sources`',
      ),
    ntp_sources: text.nullish().describe('comma-separated names or addresses of the only time sources'),
    kernel_arguments: z
      .array(kernelArgument)
      .nullish()
      .describe('kernel arguments of the ISO; only `append` is supported, an empty list clears'),
    additional_trust_bundle: trustBundle
      .nullish()
      .describe('PEM certificates that the hosts trust; an empty text clears'),
    ignition_config_override: text
      .nullish()
      .describe('an Ignition config, 3.1.0 to 3.5.0, as JSON text, merged into the generated one'),
    static_network_config: z.array(hostParams).nullish().describe('network settings per host; an empty list clears'),
    network_discovery_delay_seconds: delaySeconds
      .nullish()
      .describe('how long a host with a static network waits before it looks at its network cards'),
    rendezvous_ip: text
      .nullish()
      .describe('address of the host that leads the installation; of a disconnected-iso only, an empty text clears'),
  })
  .meta({ id: 'InfraEnvUpdateParams' });
export type InfraEnvUpdateParams = z.infer<typeof infraEnvUpdateParams>;

/** The body of `POST /v2/infra-envs`. */
export const infraEnvCreateParams = infraEnvUpdateParams
  .extend({
    name: name.describe('need not be unique'),
    pull_secret: text.describe('the pull secret as JSON text; it is encrypted at once and never answered'),
    cluster_id: uuidOrEmpty.nullish().describe('the cluster that it is for; a disconnected-iso needs one'),
    cpu_architecture: z
      .enum(['', ...cpuArchitectures])
      .nullish()
      .describe("of the hosts; without one the cluster's, or x86_64"),
  })
  .meta({ id: 'InfraEnvCreateParams' });
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
