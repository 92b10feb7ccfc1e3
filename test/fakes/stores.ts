import type { Cluster } from '#domain/cluster/cluster.ts';
import type { Clusters } from '#domain/cluster/cluster-ports.ts';
import { failure } from '#domain/errors.ts';
import type { ServiceEvent } from '#domain/event.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
import { owns } from '#domain/owner.ts';
import type { Events } from '#domain/ports.ts';
import type { Release } from '#domain/release/release.ts';
import type { Releases } from '#domain/release/release-ports.ts';

interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** Records in memory, each written only over the version before it. */
const records = <Item extends Versioned>() => {
  const items = new Map<string, Item>();
  const save = async (item: Item): Promise<void> => {
    if (items.get(item.id)?.version !== item.version - 1) throw failure('StaleVersion', { id: item.id });
    items.set(item.id, item);
  };
  return { items, save };
};

const memoryClusters = (): Clusters => {
  const { items, save } = records<Cluster>();
  return {
    add: async (cluster) => void items.set(cluster.id, cluster),
    get: async (id) => items.get(id),
    ofOwner: async (owner) => [...items.values()].filter((cluster) => owns(owner, cluster) && !cluster.deletedAt),
    save,
    bury: save,
    extend: async () => undefined,
  };
};

/** An infra-env is registered at once: there is no workflow that would complete it. */
const memoryInfraEnvs = (): InfraEnvs => {
  const { items, save } = records<InfraEnv>();
  const all = () => [...items.values()];
  return {
    add: async (infraEnv) => void items.set(infraEnv.id, { ...infraEnv, registration: 'registered' }),
    get: async (id) => items.get(id),
    ofOwner: async (owner) => all().filter((infraEnv) => owns(owner, infraEnv)),
    ofCluster: async (id) => all().filter(({ clusterId }) => clusterId === id),
    save,
    orphan: async () => undefined,
    remove: async (id) => void items.delete(id),
  };
};

const memoryEvents = (): Events => {
  const events: ServiceEvent[] = [];
  return {
    add: async (event) => void events.push(event),
    ofCluster: async (id) => events.filter(({ clusterId }) => clusterId === id),
    ofInfraEnv: async (id) => events.filter(({ infraEnvId }) => infraEnvId === id),
  };
};

const memoryReleases = (releases: readonly Release[]): Releases => ({
  all: async () => releases,
  ofVersion: async (wanted) => releases.filter(({ version }) => version === wanted),
  get: async (version) => releases.find((release) => release.version === version),
  add: async () => undefined,
});

/** Stores that keep everything in memory, for tests that ask a thousand times. */
export const memoryStores = (releases: readonly Release[]) => ({
  clusters: memoryClusters(),
  infraEnvs: memoryInfraEnvs(),
  events: memoryEvents(),
  releases: memoryReleases(releases),
});
