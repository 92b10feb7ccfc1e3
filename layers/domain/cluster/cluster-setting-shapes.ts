import * as z from 'zod';
import { uuidOrEmpty } from '../values/uuid.ts';

// The patterns are the loose ones of the assisted-service API, without their nested repetitions, which would backtrack
// for ever; values/cidr.ts and vips.ts read the texts for good.
const ipPattern = /^(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:]*)?$/;
const subnetPattern =
  /^(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}\/(?:[0-9]|[1-2][0-9]|3[0-2])|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:]*\/(?:[0-9]|[1-9][0-9]|1[0-1][0-9]|12[0-8]))$/;

export const subnet = z.string().regex(subnetPattern);
export const subnetOrEmpty = z.string().regex(new RegExp(`${subnetPattern.source.slice(0, -1)}?$`));
export const hostPrefix = z.int().min(1).max(128);

export const networkType = z.enum(['OpenShiftSDN', 'OVNKubernetes', 'CiscoACI', 'Cilium', 'Calico', 'None']);
export const highAvailabilityMode = z.enum(['Full', 'None']);
export const text = z.string();
/** As many as a cluster of the largest tested size has. */
export const workerCount = z.int().min(0).max(2000);

const loadBalancerTypes = ['cluster-managed', 'user-managed'] as const;
export const askedLoadBalancer = z.strictObject({ type: z.nullish(z.enum(['', ...loadBalancerTypes])) });
export const storedLoadBalancer = z.object({ type: z.enum(loadBalancerTypes) });

/** Whoever sends an answer back sends the cluster's id with it; it changes nothing. */
const sentBack = { cluster_id: z.nullish(uuidOrEmpty) };

/** As a caller sends it: an absent or empty CIDR has a message of its own. */
const askedNetwork = z.strictObject({ ...sentBack, cidr: z.nullish(subnetOrEmpty) });
export const askedNetworks = z.array(askedNetwork);
export const storedNetworks = z.array(z.object({ cidr: z.string() }));
export const askedClusterNetworks = z.array(askedNetwork.extend({ host_prefix: z.nullish(hostPrefix) }));
export const storedClusterNetworks = z.array(z.object({ cidr: z.string(), host_prefix: hostPrefix }));

const vipVerifications = ['unverified', 'failed', 'succeeded'] as const;
export const askedVips = z.array(
  z.strictObject({
    ...sentBack,
    ip: z.nullish(z.string().regex(ipPattern)),
    verification: z.nullish(z.enum(vipVerifications)).describe('changes nothing: hosts would verify an address'),
  }),
);
export const storedVips = z.array(z.object({ ip: z.string() }));

export const platformTypes = ['baremetal', 'nutanix', 'vsphere', 'none', 'external'] as const;
const cloudControllerManagers = ['', 'External'] as const;
export const askedPlatform = z.strictObject({
  type: z.enum(platformTypes),
  external: z.nullish(
    z.strictObject({
      platform_name: z.nullish(z.string()),
      cloud_controller_manager: z.nullish(z.enum(cloudControllerManagers)),
    }),
  ),
});
export const storedPlatform = z.object({
  type: z.enum(platformTypes),
  external: z.exactOptional(
    z.object({
      platform_name: z.exactOptional(z.string()),
      cloud_controller_manager: z.exactOptional(z.enum(cloudControllerManagers)),
    }),
  ),
});

/** Sets of node roles, for hyperthreading and disk encryption. */
export const roleSet = z.enum([
  'none',
  'masters',
  'arbiters',
  'workers',
  'masters,arbiters',
  'masters,workers',
  'arbiters,workers',
  'masters,arbiters,workers',
  'all',
]);
const diskEncryptionMode = z.enum(['tpmv2', 'tang']);
export const askedDiskEncryption = z.strictObject({
  enable_on: z.nullish(roleSet),
  mode: z.nullish(diskEncryptionMode),
  tang_servers: z.nullish(z.string()),
});
export const storedDiskEncryption = z.object({
  enable_on: z.exactOptional(roleSet),
  mode: z.exactOptional(diskEncryptionMode),
  tang_servers: z.exactOptional(z.string()),
});

export const askedOperators = z.array(
  z.strictObject({ name: z.nullish(z.string()), properties: z.nullish(z.string()) }),
);
export const storedOperators = z.array(z.object({ name: z.string(), properties: z.exactOptional(z.string()) }));
export const askedBundles = z.array(
  z.strictObject({ id: z.string(), optional_operators: z.nullish(z.array(z.string())) }),
);
export const storedBundles = z.array(
  z.object({ id: z.string(), optional_operators: z.exactOptional(z.array(z.string())) }),
);

export const askedEndpoint = z.strictObject({ url: z.nullish(z.string()), ca_certificate: z.nullish(z.string()) });
export const storedEndpoint = z.object({
  url: z.exactOptional(z.string()),
  ca_certificate: z.exactOptional(z.string()),
});
