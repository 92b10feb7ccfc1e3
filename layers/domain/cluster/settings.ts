import * as z from 'zod';
import { askedNetworking, storedNetworking, subnet } from './settings-networking.ts';

export const highAvailabilityModes = ['Full', 'None'] as const;
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
  control_plane_count: z.nullish(z.int()),
  platform: z.nullish(
    z.strictObject({
      type: z.enum(platformTypes),
      external: z.nullish(
        z.strictObject({
          platform_name: z.nullish(z.string()),
          cloud_controller_manager: z.nullish(z.enum(cloudControllerManagers)),
        }),
      ),
    }),
  ),
  hyperthreading: z.nullish(z.enum(roleSets)),
  schedulable_masters: z.nullish(z.boolean()),
  disk_encryption: z.nullish(
    z.strictObject({
      enable_on: z.nullish(z.enum(roleSets)),
      mode: z.nullish(z.enum(diskEncryptionModes)),
      tang_servers: z.nullish(z.string()),
    }),
  ),
  ssh_public_key: z.nullish(z.string()),
  tags: z.nullish(z.string()),
  olm_operators: z.nullish(z.array(z.strictObject({ name: z.string(), properties: z.nullish(z.string()) }))),
  operator_bundles: z.nullish(
    z.array(z.strictObject({ id: z.string(), optional_operators: z.nullish(z.array(z.string())) })),
  ),
  ignition_endpoint: z.nullish(z.strictObject({ url: z.nullish(z.string()), ca_certificate: z.nullish(z.string()) })),
};

/** Body of `POST /v2/clusters`: shape alone; null counts as absent, as in Go's JSON (assisted-service API). */
export const clusterCreateParams = z.strictObject({
  name: clusterName,
  openshift_version: z.string(),
  pull_secret: z.string(),
  high_availability_mode: z.nullish(z.enum(highAvailabilityModes)),
  cpu_architecture: z.nullish(z.enum(requestedArchitectures)),
  ocp_release_image: z.nullish(z.string().regex(/^[\w.:/@-]*$/)),
  ...asked,
});

/** Body of `PATCH /v2/clusters/{id}`: absent and null keep, an empty text clears. */
export const clusterUpdateParams = z.strictObject({
  name: z.nullish(clusterName),
  pull_secret: z.nullish(z.string()),
  api_vip_dns_name: z.nullish(z.string()),
  machine_network_cidr: z.nullish(subnet),
  ...asked,
});

/** Body of `POST /v2/clusters/disconnected`. */
export const disconnectedClusterParams = z.strictObject({ name: clusterName, openshift_version: z.string() });

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
});

export type ClusterCreateParams = z.infer<typeof clusterCreateParams>;
export type ClusterUpdateParams = z.infer<typeof clusterUpdateParams>;
export type DisconnectedClusterParams = z.infer<typeof disconnectedClusterParams>;
export type ClusterSettings = z.infer<typeof clusterSettings>;
