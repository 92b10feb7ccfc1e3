/** The index of monitored clusters is spread over shards, so that no partition of it becomes hot. */
const shardCount = 8;

export const monitorShards: readonly string[] = Array.from({ length: shardCount }, (_, shard) => String(shard));

/** The shard of a cluster, from the first hex digit of its UUID. */
export const shardOf = (clusterId: string): string => String(Number.parseInt(clusterId.slice(0, 1), 16) % shardCount);

/** A cluster is refreshed once a minute: the shortest rate that the scheduler offers. */
export const monitorSeconds = 60;
