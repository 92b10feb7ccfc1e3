import * as z from 'zod';
import type { ClusterCall } from './cluster-setting-row.ts';
import { hostPrefix, subnet, subnetOrEmpty } from './cluster-setting-shapes.ts';
import {
  type AskedKey,
  type ClusterSettingParts,
  clusterSettingKeys,
  clusterSettingParts,
  clusterSettingTable,
} from './cluster-setting-table.ts';

const requestedArchitectures = ['x86_64', 'aarch64', 'arm64', 'ppc64le', 's390x', 'multi'] as const;

/** Characters; a registry's name and path, a tag and a digest take a third of it. */
const longestPullSpec = 2_048;

const clusterName = z.string().min(1).max(54);

type AskedShape<Call extends ClusterCall> = {
  readonly [Key in AskedKey<Call>]: z.ZodOptional<z.ZodNullable<ClusterSettingParts<'asked'>[Key]>>;
};

/** The settings that a call takes; null counts as absent, as in Go's JSON. */
const askedShape = <Call extends ClusterCall>(call: Call): AskedShape<Call> =>
  Object.fromEntries(
    clusterSettingKeys
      .map((key) => [key, clusterSettingTable[key]] as const)
      .filter(([, { calls }]) => calls.includes(call))
      .map(([key, { asked, description }]) => [key, z.nullish<z.ZodType>(asked).describe(description)]),
  ) as AskedShape<Call>;

const older = 'changes nothing: the list of networks says it; clients generated from the published API send it unasked';

/** What clients send beside the lists of networks. */
const olderNetworking = {
  cluster_network_cidr: z.nullish(subnet).describe(older),
  cluster_network_host_prefix: z.nullish(hostPrefix).describe(older),
  service_network_cidr: z.nullish(subnet).describe(older),
};

/** Body of `POST /v2/clusters`: shape alone; null counts as absent, as in Go's JSON (assisted-service API). */
export const clusterCreateParams = z
  .strictObject({
    name: clusterName.describe('lower-case letters, digits and hyphens; need not be unique'),
    openshift_version: z.string().describe('`4.20` for the newest 4.20 that the service knows, or an exact `4.20.3`'),
    pull_secret: z
      .string()
      .describe('the pull secret as JSON text; it is checked, not stored: an infra-env has its own'),
    cpu_architecture: z
      .nullish(z.enum(['', ...requestedArchitectures]))
      .describe('of the hosts; without one x86_64, or what the version is there for'),
    ocp_release_image: z
      .nullish(
        z
          .string()
          .max(longestPullSpec, { abort: true })
          .regex(/^[\w.:/@-]*$/),
      )
      .describe(
        'exactly the pull specification of the release image of a known release; without one that of the version',
      ),
    ...askedShape('registration'),
    ...olderNetworking,
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
    ...askedShape('update'),
    ...olderNetworking,
  })
  .meta({ id: 'ClusterUpdateParams' });

/** Body of `POST /v2/clusters/disconnected`. */
export const disconnectedClusterParams = z
  .strictObject({
    name: clusterName.describe('need not be unique'),
    openshift_version: z
      .string()
      .describe(
        '`4.20` for the newest 4.20 that the service knows for the architecture of the first infra-env, or an exact `4.20.3`',
      ),
  })
  .meta({ id: 'DisconnectedClusterParams' });

/** The settings as they are stored: every key present has a value, an absent one is not set. */
export const clusterSettings = z.object(clusterSettingParts('stored'));

export type ClusterCreateParams = z.infer<typeof clusterCreateParams>;
export type ClusterUpdateParams = z.infer<typeof clusterUpdateParams>;
export type DisconnectedClusterParams = z.infer<typeof disconnectedClusterParams>;
export type ClusterSettings = z.infer<typeof clusterSettings>;
