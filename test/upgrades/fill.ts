// `node test/upgrades/fill.ts DATA URL`, before a release: fills its running stack, which keeps its data in DATA, with what
// the next releases have to read, and prints the ids. Once the stack has ended, the folder is packed as data-VERSION.tar.gz:
// without the cache of installers, and without the files LOG and LOCK.
import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { localTarget } from '#cli/local-target.ts';
import { client, createInfraEnv, pullSecret } from '../scenarios/client.ts';
import { cluster, infraEnv, manifest } from './filled.ts';

const [data = '', url = ''] = process.argv.slice(2);
const api = client(url);
const { table } = await localTarget(data);

const { id: clusterId } = (await api.post('/v2/clusters', { ...cluster, pull_secret: pullSecret })).body;
await api.post(`/v2/clusters/${clusterId}/manifests`, manifest);
const infraEnvId = await createInfraEnv(api, clusterId, infraEnv);
const { id: plainId } = (await api.post('/v2/clusters/disconnected', { name: 'plain', openshift_version: '4.20.3' }))
  .body;

/** Nothing of it expires before its readers do. */
const farFuture = Date.UTC(2100) / 1000;
const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
for (const { pk, sk, expiresAt } of Items) {
  if (expiresAt === undefined) continue;
  const set = { UpdateExpression: 'SET expiresAt = :far', ExpressionAttributeValues: { ':far': farFuture } };
  await table.client.send(new UpdateCommand({ TableName: table.tableName, Key: { pk, sk }, ...set }));
}
process.stdout.write(`${JSON.stringify({ clusterId, infraEnvId, plainId }, null, 2)}\n`);
