import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { clusterStore } from '#adapters/cluster-store.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { firstLook, pullSecretKey } from '#adapters/secret-watch.ts';
import { manifestKey } from '#domain/cluster/manifest.ts';
import { ignitionKey } from '#domain/infra-env/artifact.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { manifestPath, type Part, type Subject } from './operations.ts';
import { buckets, type RunningService } from './running-service.ts';

/** As the test's requests name themselves. */
const owner = { userName: 'ann', orgId: '', emailDomain: 'Unknown' };
const openshiftVersion = '4.20.3';

const insufficient = { status: 'insufficient', statusInfo: 'Cluster is not ready for install' } as const;

/** Stores what an operation works on, as earlier requests have left it. */
export const storeSubject = async ({ table, objects }: RunningService, parts: readonly Part[]): Promise<Subject> => {
  const subject = { clusterId: randomUUID(), infraEnvId: randomUUID() };
  const { clusterId, infraEnvId: id } = subject;
  const clusters = clusterStore(table);
  const infraEnvs = infraEnvStore(table);
  const put = (Key: string) => objects.send(new PutObjectCommand({ Bucket: buckets.artifacts, Key, Body: 'a: b' }));

  const storeInfraEnv = async (infraEnv: InfraEnv) => {
    const { pullSecretId, expiresAt } = infraEnv;
    const secret = { ...pullSecretKey(id, pullSecretId), ciphertext: new Uint8Array(1), expiresAt };
    const Item = { ...secret, ...firstLook(table.clock) };
    await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
    await infraEnvs.add(infraEnv);
  };

  const own = { owner, openshiftVersion };
  const bound = anInfraEnv({ ...own, id, clusterId, pullSecretId: randomUUID() });
  const { clusterId: _, ...unbound } = { ...bound, type: 'full-iso' as const };
  const storing: Readonly<Record<Part, () => Promise<unknown>>> = {
    cluster: () => clusters.add(aCluster({ ...own, id: clusterId })),
    'young cluster': () => clusters.add(aCluster({ ...own, ...insufficient, id: clusterId })),
    'infra-env': () => storeInfraEnv(bound),
    'unbound infra-env': () => storeInfraEnv(unbound),
    manifest: () => put(manifestKey(clusterId, manifestPath)),
    ignition: () => put(ignitionKey(bound)),
  };
  await Promise.all(parts.map((part) => storing[part]()));
  return subject;
};
