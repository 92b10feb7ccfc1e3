import * as z from 'zod';
import { askedNetworking, storedNetworking, subnetOrEmpty } from './settings-networking.ts';

const highAvailabilityModes = ['Full', 'None'] as const;
export const platformTypes = ['baremetal', 'nutanix', 'vsphere', 'none', 'external'] as const;
const requestedArchitectures = ['x86_64', 'aarch64', 'arm64', 'ppc64le', 's390x', 'multi'] as const;

/** Sets of node roles, for hyperthreading and disk encryption. */
const roleSets = [
  'none',
  'masters',
  'arbiters',
  'workers',
  'masters,arbiters',
  'masters,workers',
  'arbiters,workers',
  'masters,arbiters,workers',
  'all',
] as const;
const diskEncryptionModes = ['tpmv2', 'tang'] as const;
const cloudControllerManagers = ['', 'External'] as const;

const clusterName = z.string().min(1).max(54);

/** Fields of both calls. */
const asked = {
  ...askedNetworking,
  control_plane_count: z.nullish(z.int()).describe('how many control plane nodes: 1, or 3 to 5 (2 to 5 from 4.19 on)'),
  platform: z
    .nullish(
      z.strictObject({
        type: z.enum(platformTypes),
        external: z.nullish(
          z.strictObject({
            platform_name: z.nullish(z.string()),
            cloud_controller_manager: z.nullish(z.enum(cloudControllerManagers)),
          }),
        ),
      }),
    )
    .describe('where the cluster is installed; at first baremetal'),
  hyperthreading: z.nullish(z.enum(roleSets)).describe('the roles whose nodes have hyperthreading'),
  schedulable_masters: z.nullish(z.boolean()).describe('whether workloads run on control plane nodes too'),
  disk_encryption: z
    .nullish(
      z.strictObject({
        enable_on: z.nullish(z.enum(roleSets)),
        mode: z.nullish(z.enum(diskEncryptionModes)),
        tang_servers: z.nullish(z.string()),
      }),
    )
    .describe('the roles whose installation disks are encrypted, and how'),
  ssh_public_key: z.nullish(z.string()).describe('SSH public keys for debugging nodes, one per line'),
  tags: z.nullish(z.string()).describe('comma-separated; letters, digits, underscores and spaces'),
  olm_operators: z
    .nullish(z.array(z.strictObject({ name: z.nullish(z.string()), properties: z.nullish(z.string()) })))
    .describe('operators to install'),
  operator_bundles: z
    .nullish(z.array(z.strictObject({ id: z.string(), optional_operators: z.nullish(z.array(z.string())) })))
    .describe('sets of operators to install'),
  ignition_endpoint: z
    .nullish(z.strictObject({ url: z.nullish(z.string()), ca_certificate: z.nullish(z.string()) }))
    .describe('where hosts get their ignition from, instead of the cluster itself'),
};

/** Body of `POST /v2/clusters`: shape alone; null counts as absent, as in Go's JSON (assisted-service API). */
export const clusterCreateParams = z
  .strictObject({
    name: clusterName.describe('lower-case letters, digits and hyphens; need not be unique'),
    openshift_version: z.string().describe('`4.20` for the newest 4.20 that the service knows, or an exact `4.20.3`'),
    pull_secret: z
      .string()
      .describe('the pull secret as JSON text; it is checked, not stored: an infra-env has its own'),
    high_availability_mode: z.nullish(z.enum(highAvailabilityModes)).describe('`None` for a single node'),
    cpu_architecture: z.nullish(z.enum(['', ...requestedArchitectures])).describe('of the hosts; without one: x86_64'),
    ocp_release_image: z
      .nullish(z.string().regex(/^[\w.:/@-]*$/))
      .describe('without one: the release image of the version'),
    ...asked,
  })
  .meta({ id: 'ClusterCreateParams' });

/** Body of `PATCH /v2/clusters/{id}`: absent and null keep, an empty text clears. */
export const clusterUpdateParams = z
  .strictObject({
    name: z.nullish(clusterName).describe('lower-case letters, digits and hyphens; need not be unique'),
    pull_secret: z
      .nullish(z.string())
      .describe('the pull secret as JSON text; it is checked, not stored; an empty text says that there is none'),
    api_vip_dns_name: z.nullish(z.string()).describe('name that the API is reached by'),
    machine_network_cidr: z.nullish(subnetOrEmpty).describe('block that the hosts have their addresses in'),
    ...asked,
  })
  .meta({ id: 'ClusterUpdateParams' });

/** Body of `POST /v2/clusters/disconnected`. */
export const disconnectedClusterParams = z
  .strictObject({
    name: clusterName.describe('need not be unique'),
    openshift_version: z.string().describe('`4.20` for the newest 4.20 that the service knows, or an exact `4.20.3`'),
  })
  .meta({ id: 'DisconnectedClusterParams' });

/** The settings as they are stored and answered: every key present has a value, an absent one is not set. */
export const clusterSettings = z.object({
  ...storedNetworking,
  high_availability_mode: z.exactOptional(z.enum(highAvailabilityModes)),
  control_plane_count: z.exactOptional(z.int()),
  platform: z.exactOptional(
    z.object({
      type: z.enum(platformTypes),
      external: z.exactOptional(
        z.object({
          platform_name: z.exactOptional(z.string()),
          cloud_controller_manager: z.exactOptional(z.enum(cloudControllerManagers)),
        }),
      ),
    }),
  ),
  hyperthreading: z.exactOptional(z.enum(roleSets)),
  schedulable_masters: z.exactOptional(z.boolean()),
  disk_encryption: z.exactOptional(
    z.object({
      enable_on: z.exactOptional(z.enum(roleSets)),
      mode: z.exactOptional(z.enum(diskEncryptionModes)),
      tang_servers: z.exactOptional(z.string()),
    }),
  ),
  ssh_public_key: z.exactOptional(z.string()),
  tags: z.exactOptional(z.string()),
  olm_operators: z.array(z.object({ name: z.string(), properties: z.exactOptional(z.string()) })),
  operator_bundles: z.array(z.object({ id: z.string(), optional_operators: z.exactOptional(z.array(z.string())) })),
  ignition_endpoint: z.exactOptional(
    z.object({ url: z.exactOptional(z.string()), ca_certificate: z.exactOptional(z.string()) }),
  ),
  /** JSON text; install-config-overrides.ts says what it may hold. */
  install_config_overrides: z.exactOptional(z.string()),
});

export type ClusterCreateParams = z.infer<typeof clusterCreateParams>;
export type ClusterUpdateParams = z.infer<typeof clusterUpdateParams>;
export type DisconnectedClusterParams = z.infer<typeof disconnectedClusterParams>;
export type ClusterSettings = z.infer<typeof clusterSettings>;
