import { randomUUID } from 'node:crypto';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { clusterStore } from '#adapters/cluster-store.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { aCluster, anInfraEnv, aRelease } from '#test/fakes/records.ts';
import { storedTable } from './stored-table.ts';

const { time: _, ...table } = await storedTable();
const clusters = clusterStore(table);
const infraEnvs = infraEnvStore(table);
const releases = releaseStore(table);

const cluster = aCluster({ id: randomUUID() });
const infraEnv = anInfraEnv({ id: randomUUID() });
const release = aRelease('4.20.3');

const records = [
  {
    what: 'a cluster',
    key: { pk: `cluster#${cluster.id}`, sk: 'cluster' },
    record: cluster,
    add: () => clusters.add(cluster),
    get: () => clusters.get(cluster.id),
  },
  {
    what: 'an infra-env',
    key: { pk: `infra-env#${infraEnv.id}`, sk: 'infra-env' },
    record: infraEnv,
    add: () => infraEnvs.add(infraEnv),
    get: () => infraEnvs.get(infraEnv.id),
  },
  {
    what: 'a release',
    key: { pk: 'release', sk: '4.20.3#x86_64' },
    record: release,
    add: () => releases.add(release),
    get: () => releases.get('4.20.3', { cpuArchitecture: 'x86_64' }),
  },
] as const;

describe.each(records)('$what', ({ key, record, add, get }) => {
  const target = { TableName: table.tableName, Key: key };
  const mark = (expression: string, values?: object) =>
    table.client.send(
      new UpdateCommand({
        ...target,
        UpdateExpression: expression,
        ...(values && { ExpressionAttributeValues: values }),
      }),
    );

  it('carries the version of its schema, which nobody but the store sees', async () => {
    await add();
    expect((await table.client.send(new GetCommand(target))).Item).toMatchObject({ schemaVersion: 1 });
    expect(await get()).toEqual(record);
  });

  it('of an earlier release, without one, is read', async () => {
    await mark('REMOVE schemaVersion');
    expect(await get()).toEqual(record);
  });

  it('of a later version of the service is not misread', async () => {
    await mark('SET schemaVersion = :later', { ':later': 2 });
    await expect(get()).rejects.toMatchObject({ name: 'RecordOfLaterVersion', status: 500, retryable: false });
  });
});
