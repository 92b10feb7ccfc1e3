import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type ReleaseArchitecture, releaseArchitectures } from '#domain/release/payload.ts';
import { architectureOf, type Release } from '#domain/release/release.ts';
import type { ProfileKeeper, Releases } from '#domain/release/release-ports.ts';
import { type Hosts, releaseFor } from '#domain/release/resolve.ts';
import { conditionally, type Key, queryAll, type Table } from './dynamodb-table.ts';
import { recordIn, schemaMark } from './record-schema.ts';

const catalogue = 'release';

type Identity = Pick<Release, 'version' | 'cpuArchitectures'>;

const ownKey = (version: string, architecture: ReleaseArchitecture): Key => ({
  pk: catalogue,
  sk: `${version}#${architecture}`,
});

const keyOf = (release: Identity): Key => ownKey(release.version, architectureOf(release));

/** Where a former version of the service kept a version's only release. */
const formerKey = (version: string): Key => ({ pk: catalogue, sk: version });

/** Which architectures' releases of one version may be the one for these hosts. */
const candidates = ({ cpuArchitecture, releaseArchitecture }: Hosts): readonly ReleaseArchitecture[] => {
  if (releaseArchitecture !== undefined) return [releaseArchitecture];
  return cpuArchitecture === undefined ? releaseArchitectures : [cpuArchitecture, 'multi'];
};

/** Holds while the item is of this very release, and not of another architecture's. */
const isOf = ({ cpuArchitectures }: Identity) => ({
  ConditionExpression: 'size(cpuArchitectures) = :count AND cpuArchitectures[0] = :first',
  ExpressionAttributeValues: { ':count': cpuArchitectures.length, ':first': cpuArchitectures[0] },
});

// Sound because the catalogue is written by `add` alone.
const toRelease = (item: Record<string, unknown>): Release => {
  const { pk, sk, ...record } = recordIn(item);
  return record as unknown as Release;
};

/** Of a release that was written under its former key and under its own, the latter counts: its key comes later. */
const releasesIn = (items: readonly Record<string, unknown>[]): readonly Release[] => {
  const releases = items.map(toRelease);
  return [...new Map(releases.map((release) => [keyOf(release).sk, release])).values()];
};

const removeItem = ({ client, tableName }: Table, key: Key, release: Identity): Promise<boolean> =>
  conditionally(() => client.send(new DeleteCommand({ TableName: tableName, Key: key, ...isOf(release) })));

export const releaseStore = (table: Table): Releases & ProfileKeeper => {
  const read = async (keys: readonly Key[]): Promise<Record<string, unknown>[]> => {
    const found = await Promise.all(
      keys.map((Key) => table.client.send(new GetCommand({ TableName: table.tableName, Key }))),
    );
    return found.flatMap(({ Item }) => Item ?? []);
  };

  const keepProfileAt = (key: Key, { installer, ...release }: Release, profile: unknown): Promise<boolean> => {
    const { ConditionExpression, ExpressionAttributeValues } = isOf(release);
    return conditionally(() =>
      table.client.send(
        new UpdateCommand({
          TableName: table.tableName,
          Key: key,
          UpdateExpression: 'SET #installer.#profile = :profile',
          ConditionExpression: `#installer.#sha256 = :sha256 AND ${ConditionExpression}`,
          ExpressionAttributeNames: { '#installer': 'installer', '#profile': 'profile', '#sha256': 'sha256' },
          ExpressionAttributeValues: {
            ':profile': profile,
            ':sha256': installer.sha256,
            ...ExpressionAttributeValues,
          },
        }),
      ),
    );
  };

  return {
    all: async () =>
      releasesIn(
        await queryAll(table, {
          KeyConditionExpression: 'pk = :catalogue',
          ExpressionAttributeValues: { ':catalogue': catalogue },
        }),
      ),
    // The prefix is of longer versions too: 4.20.1 of 4.20.10.
    ofVersion: async (version) =>
      releasesIn(
        await queryAll(table, {
          KeyConditionExpression: 'pk = :catalogue AND begins_with(sk, :version)',
          ExpressionAttributeValues: { ':catalogue': catalogue, ':version': version },
        }),
      ).filter((release) => release.version === version),
    get: async (version, hosts) => {
      const own = await read(candidates(hosts).map((architecture) => ownKey(version, architecture)));
      // One that was chosen is usually there under its own key, which then says it all.
      const isAll = hosts.releaseArchitecture !== undefined && own.length > 0;
      return releaseFor(releasesIn(isAll ? own : [...(await read([formerKey(version)])), ...own]), hosts);
    },
    // The former item goes last: until then both say which release it is, and the new one counts.
    add: async (release) => {
      const Item = { ...keyOf(release), ...release, ...schemaMark };
      await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
      await removeItem(table, formerKey(release.version), release);
    },
    keepProfile: async (release, profile) => {
      const isKept = await keepProfileAt(keyOf(release), release, profile);
      if (!isKept) await keepProfileAt(formerKey(release.version), release, profile);
    },
  };
};

/** Takes releases out of the catalogue: for the operator's command alone. */
export interface ReleaseRemover {
  /** True if the release was there. */
  readonly remove: (release: Release) => Promise<boolean>;
}

export const releaseRemover = (table: Table): ReleaseRemover => ({
  remove: async (release) => {
    const removed = await Promise.all(
      [keyOf(release), formerKey(release.version)].map((key) => removeItem(table, key, release)),
    );
    return removed.includes(true);
  },
});
