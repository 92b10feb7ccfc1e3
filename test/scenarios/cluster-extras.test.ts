import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { createBoth, createCluster, download } from './client.ts';
import { generations, runningStack } from './stack.ts';

const { api, dataDir, tableName, functions } = await runningStack({ installers: generations, authentication: 'jwt' });

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: edge}\n';
const manifest = { folder: 'openshift', file_name: '99-edge.yaml', content: base64(namespace) };

/** How many objects the stack's buckets have under keys with the id in them. */
const countObjects = async (id: string): Promise<number> => {
  const buckets = join(dataDir, 's3', 'buckets');
  const paths = (await readdir(buckets, { recursive: true })).filter((path) => path.endsWith('.json'));
  const records = await Promise.all(paths.map((path) => readFile(join(buckets, path), 'utf8')));
  return records.filter((record) => record.includes(id)).length;
};

describe('the web UI in its wizard', () => {
  it('keeps its step, and the manifests of its user, also once the cluster is disconnected', async () => {
    const { clusterId, infraEnvId } = await createBoth(api, '4.20');
    const cluster = `/v2/clusters/${clusterId}`;
    expect((await api.get(cluster)).body.status).toBe('disconnected');

    const step = JSON.stringify({ currentStep: 'review', addCustomManifests: true });
    expect(await api.put(`${cluster}/ui-settings`, step)).toMatchObject({ status: 200, body: step });
    expect((await api.get(`${cluster}//ui-settings/`)).body).toBe(step);

    expect((await api.post(`${cluster}/manifests`, manifest)).status).toBe(201);
    const { folder, file_name } = manifest;
    const renamed = { folder, file_name, updated_file_name: '98-edge.yaml' };
    expect((await api.patch(`${cluster}/manifests`, renamed)).status).toBe(200);
    expect((await api.get(`${cluster}/manifests?include_system_generated=true`)).body).toEqual([
      { folder, file_name: '98-edge.yaml', manifest_source: 'user' },
    ]);
    const answer = await api.get(`${cluster}/manifests/files?folder=${folder}&file_name=98-edge.yaml`);
    expect([answer.status, answer.headers.get('content-type'), answer.body]).toEqual([
      200,
      'application/octet-stream',
      namespace,
    ]);
    expect((await download(api, infraEnvId)).text).not.toContain('98-edge.yaml');
  });

  it('leaves nothing of them when it deletes the cluster', async () => {
    const clusterId = await createCluster(api, '4.20');
    const cluster = `/v2/clusters/${clusterId}`;
    await api.put(`${cluster}/ui-settings`, 'step');
    await api.post(`${cluster}/manifests`, manifest);
    expect(await countObjects(clusterId)).toBe(1);
    expect((await api.delete(cluster)).status).toBe(204);
    for (const path of ['ui-settings', 'manifests', 'install-config']) {
      expect((await api.get(`${cluster}/${path}`)).status).toBe(404);
    }
    expect(await countObjects(clusterId)).toBe(0);
  });
});

describe('a person with an install-config', () => {
  it('overrides what the settings give, and reads the whole', async () => {
    const path = `/v2/clusters/${await createCluster(api, '4.20')}/install-config`;
    expect((await api.patch(path, JSON.stringify({ fips: true }))).status).toBe(201);
    expect(JSON.parse((await api.get(path)).body)).toMatchObject({ apiVersion: 'v1', fips: true });
  });
});

describe('the cluster monitor', () => {
  const client = dynamoDb();
  const due = '2026-01-01T00:00:00.000Z';
  const monitorAtOf = async (Key: Readonly<Record<string, string>>): Promise<string | undefined> =>
    (await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item?.monitorAt;

  it('refreshes a cluster that is due, and removes a secret that no infra-env names', async () => {
    const clusterId = await createCluster(api, '4.20');
    const cluster = { pk: `cluster#${clusterId}`, sk: 'cluster' };
    const secret = { pk: `infra-env#${clusterId}`, sk: 'pull-secret#lost' };
    const update = { UpdateExpression: 'SET monitorAt = :due', ExpressionAttributeValues: { ':due': due } };
    await client.send(new UpdateCommand({ TableName: tableName, Key: cluster, ...update }));
    const Item = { ...secret, monitorShard: 'secrets', monitorAt: due };
    await client.send(new PutCommand({ TableName: tableName, Item }));
    const monitor = functions.find(({ folder }) => folder === 'cluster-monitor');
    const { FunctionError, Payload } = await new LambdaClient({}).send(
      new InvokeCommand({ FunctionName: monitor?.name }),
    );
    expect(FunctionError).toBeUndefined();
    expect(JSON.parse(Payload?.transformToString() ?? '')).toHaveProperty('oldestPreparation');
    const dueAgain = await monitorAtOf(cluster);
    expect(dueAgain && dueAgain > due).toBe(true);
    expect(await monitorAtOf(secret)).toBeUndefined();
  });
});

describe('somebody else', () => {
  it('finds none of it', async () => {
    const cluster = `/v2/clusters/${await createCluster(api, '4.20')}`;
    await api.post(`${cluster}/manifests`, manifest);
    const bob = api.as('bob');
    const answers = await Promise.all([
      bob.get(`${cluster}/ui-settings`),
      bob.put(`${cluster}/ui-settings`, 'mine'),
      bob.get(`${cluster}/install-config`),
      bob.patch(`${cluster}/install-config`, '{}'),
      bob.get(`${cluster}/manifests`),
      bob.post(`${cluster}/manifests`, manifest),
      bob.get(`${cluster}/manifests/files?folder=openshift&file_name=${manifest.file_name}`),
      bob.delete(`${cluster}/manifests?folder=openshift&file_name=${manifest.file_name}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await api.get(`${cluster}/manifests`)).body).toHaveLength(1);
  });
});
