import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { clusterStore } from '#adapters/cluster-store.ts';
import { imageTokens, kmsRootKey, type RootKey } from '#adapters/image-tokens.ts';
import { infraEnvStore } from '#adapters/infra-env-store.ts';
import { isoRecordStore } from '#adapters/iso-records.ts';
import { firstLook, pullSecretKey } from '#adapters/secret-watch.ts';
import { imagePath } from '#contract/image-path.ts';
import { manifestKey } from '#domain/cluster/manifest.ts';
import { artifactKey, ignitionKey } from '#domain/infra-env/artifact.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { macKeyArn } from '#emulators/kms/kms-server.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { manifestPath, type Part, type Subject } from './operations.ts';
import { buckets, type RunningService } from './running-service.ts';

/** As the test's requests name themselves. */
const owner = { userName: 'ann', orgId: '', emailDomain: 'Unknown' };
const openshiftVersion = '4.20.3';

let rootKey: RootKey | undefined;

/** The tokens as the functions issue and open them. */
const images = (table: RunningService['table']) => {
  rootKey ??= kmsRootKey(macKeyArn);
  return imageTokens({ rootKey, infraEnvs: infraEnvStore(table), clock: table.clock });
};

const insufficient = { status: 'insufficient', statusInfo: 'Cluster is not ready for install' } as const;

/** Stores what an operation works on, as earlier requests have left it. */
export const storeSubject = async ({ table, objects }: RunningService, parts: readonly Part[]): Promise<Subject> => {
  const [clusterId, id] = [randomUUID(), randomUUID()];
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
  const settings = { proxy: { http_proxy: 'http://proxy.example:3128' } };
  const iso = { infraEnvId: id, revision: bound.revision, state: 'ready', key: `isos/${id}/a.iso` } as const;
  const storeIso = async () => {
    await isoRecordStore(table).put({ ...iso, expiresAt: bound.expiresAt });
    await put(iso.key);
  };
  const storing: Readonly<Record<Part, () => Promise<unknown>>> = {
    cluster: () => clusters.add(aCluster({ ...own, id: clusterId })),
    'young cluster': () => clusters.add(aCluster({ ...own, ...insufficient, id: clusterId })),
    'infra-env': () => storeInfraEnv(bound),
    'unbound infra-env': () => storeInfraEnv(unbound),
    'unattended infra-env': () => storeInfraEnv({ ...bound, settings: { installation: 'unattended' } }),
    'infra-env with a proxy': () => storeInfraEnv({ ...unbound, settings }),
    manifest: () => put(manifestKey(clusterId, manifestPath)),
    ignition: () => put(ignitionKey(bound)),
    initramfs: () => put(artifactKey(bound, 'minimal-initrd.img')),
    ISO: storeIso,
  };
  await Promise.all(parts.map((part) => storing[part]()));
  const { token } = await images(table).issue(bound);
  return { clusterId, infraEnvId: id, imagePath: imagePath({ form: 'bytoken', token }, bound) ?? '' };
};
