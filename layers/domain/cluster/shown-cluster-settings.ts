import * as z from 'zod';

// How the settings of a cluster are answered. Clients find lists and objects in every cluster, empty or not.

const asItIs = <Value>(value: Value): Value => value;

export const shownText = { schema: z.string().optional(), show: asItIs<string | undefined> };
export const shownAsJson = { schema: z.string().optional().describe('JSON text'), show: asItIs<string | undefined> };
export const shownInteger = { schema: z.int().optional(), show: asItIs<number | undefined> };
export const shownFlag = { schema: z.boolean().optional(), show: asItIs<boolean | undefined> };

const object = z.looseObject({}).optional();

export const shownObject = { schema: object, show: (value: object | undefined) => value ?? {} };

export const shownLoadBalancer = {
  schema: object,
  show: (value: object | undefined) => value ?? { type: 'cluster-managed' },
};

/** Clients generated for Python take no platform without a type. */
export const shownPlatform = {
  schema: object,
  show: (value: object | undefined) => ({ type: 'baremetal', external: {}, ...value }),
};

const withCluster = <Item extends object>(items: readonly Item[] | undefined, clusterId: string) =>
  (items ?? []).map((item) => ({ ...item, cluster_id: clusterId }));

const network = z.object({ cluster_id: z.guid(), cidr: z.string() });

export const shownNetworks = { schema: z.array(network), show: withCluster };

export const shownClusterNetworks = {
  schema: z.array(network.extend({ host_prefix: z.int().optional() })),
  show: withCluster,
};

export const shownVips = { schema: z.array(z.object({ cluster_id: z.guid(), ip: z.string() })), show: withCluster };

export const shownBundles = {
  schema: z.array(z.looseObject({})),
  show: (value: readonly object[] | undefined) => [...(value ?? [])],
};
