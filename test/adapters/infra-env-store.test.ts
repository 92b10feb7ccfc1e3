import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { pullSecretKey } from '#adapters/secret-watch.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { anInfraEnv } from '#test/fakes/records.ts';
import { seconds, storedTable } from './stored-table.ts';

const { time, ...table } = await storedTable();
const infraEnvs = infraEnvStore(table);

const start = '2026-03-01T12:00:00.000Z';
const infraEnv = (changes: Partial<InfraEnv> = {}): InfraEnv =>
  anInfraEnv({
    id: randomUUID(),
    clusterId: randomUUID(),
    createdAt: start,
    expiresAt: seconds(start) + 100,
    ...changes,
  });

const next = (stored: InfraEnv, changes: Partial<InfraEnv>): InfraEnv => ({
  ...stored,
  ...changes,
  version: stored.version + 1,
});

const bound = ({ clusterId = '' }: InfraEnv) => infraEnvs.ofCluster(clusterId);

beforeEach(() => {
  time.now = new Date(start);
});

describe('a stored infra-env', () => {
  it('is read as it was written', async () => {
    const stored = infraEnv({ settings: { ssh_authorized_key: 'ssh-ed25519 AAAA' } });
    await infraEnvs.add(stored);
    expect(await infraEnvs.get(stored.id)).toEqual(stored);
  });

  it('without a cluster is read and listed too', async () => {
    const { clusterId: _, ...unbound } = infraEnv({ owner: { ...anInfraEnv().owner, userName: randomUUID() } });
    await infraEnvs.add(unbound);
    expect(await infraEnvs.get(unbound.id)).toEqual(unbound);
    expect(await infraEnvs.ofOwner(unbound.owner)).toEqual([unbound]);
  });

  it('is listed for its owner and its cluster, oldest first', async () => {
    const owner = { ...anInfraEnv().owner, userName: randomUUID() };
    const second = infraEnv({ owner, createdAt: '2026-02-02T00:00:00.000Z' });
    const first = infraEnv({ owner, clusterId: second.clusterId ?? '', createdAt: '2026-02-01T00:00:00.000Z' });
    for (const stored of [second, first, infraEnv()]) await infraEnvs.add(stored);
    expect(await infraEnvs.ofOwner(owner)).toEqual([first, second]);
    expect(await bound(first)).toEqual([first, second]);
  });

  it('is invisible while it is registering', async () => {
    const registering = infraEnv({
      registration: 'registering',
      owner: { ...anInfraEnv().owner, userName: randomUUID() },
    });
    await infraEnvs.add(registering);
    expect(await infraEnvs.get(registering.id)).toBeUndefined();
    expect(await infraEnvs.ofOwner(registering.owner)).toEqual([]);
    expect(await bound(registering)).toEqual([]);
  });

  it('is gone when it expires', async () => {
    const stored = infraEnv();
    await infraEnvs.add(stored);
    time.now = new Date((seconds(start) + 100) * 1000);
    expect(await infraEnvs.get(stored.id)).toBeUndefined();
    expect(await bound(stored)).toEqual([]);
  });

  it('keeps the change of one of two concurrent writers and tells the other', async () => {
    const stored = infraEnv();
    await infraEnvs.add(stored);
    const writes = await Promise.allSettled([2, 3].map((revision) => infraEnvs.save(next(stored, { revision }))));
    expect(writes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is removed, also by whom another has outrun', async () => {
    const stored = infraEnv();
    await infraEnvs.add(stored);
    await Promise.all([infraEnvs.remove(stored.id), infraEnvs.remove(stored.id)]);
    expect(await infraEnvs.get(stored.id)).toBeUndefined();
  });
});

describe('an infra-env whose cluster is deleted', () => {
  const gone = { deletedAt: start, expiresAt: seconds(start) + 10 };
  const expiryOf = async (pk: string, sk: string) =>
    (await table.client.send(new GetCommand({ TableName: table.tableName, Key: { pk, sk } }))).Item?.expiresAt;

  it('stays readable and removable for a while, but unchangeable; its secret goes with it', async () => {
    const stored = infraEnv();
    await infraEnvs.add(stored);
    const secret = pullSecretKey(stored.id, stored.pullSecretId);
    await table.client.send(
      new PutCommand({ TableName: table.tableName, Item: { ...secret, expiresAt: stored.expiresAt } }),
    );
    await infraEnvs.orphan(stored.clusterId ?? '', gone);
    expect(await infraEnvs.get(stored.id)).toEqual({ ...stored, expiresAt: gone.expiresAt });
    expect(await expiryOf(secret.pk, secret.sk)).toBe(gone.expiresAt);
    await expect(infraEnvs.save(next(stored, {}))).rejects.toThrow(/changed by another/);
    await infraEnvs.remove(stored.id);
    expect(await infraEnvs.get(stored.id)).toBeUndefined();
  });

  it('is told so also while it is registering, so that it is never completed', async () => {
    const registering = infraEnv({ registration: 'registering' });
    await infraEnvs.add(registering);
    await infraEnvs.orphan(registering.clusterId ?? '', gone);
    const key = { pk: `infra-env#${registering.id}`, sk: 'infra-env' };
    const { Item } = await table.client.send(new GetCommand({ TableName: table.tableName, Key: key }));
    expect(Item).toMatchObject({ clusterDeletedAt: start, registration: 'registering' });
  });
});
