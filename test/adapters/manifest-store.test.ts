import { randomUUID } from 'node:crypto';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { manifestStore } from '#adapters/manifest-store.ts';
import { manifestDays } from '#domain/cluster/manifest.ts';
import { storedBucket } from './stored-bucket.ts';

const { client, bucket, wait, isEmbedded } = await storedBucket();
const manifests = manifestStore({ client, bucket });

const bytes = (text: string) => new TextEncoder().encode(text);
const a = { folder: 'manifests', fileName: 'a.yaml' } as const;
const b = { folder: 'openshift', fileName: 'b.yaml' } as const;
const odd = { folder: 'openshift', fileName: "a&b<c>+%41#?=*'.yaml" } as const;

const textAt = async (clusterId: string, path: Parameters<typeof manifests.read>[1]) => {
  const content = await manifests.read(clusterId, path);
  return content === undefined ? undefined : new TextDecoder().decode(content);
};

describe('a manifest', () => {
  it('is read as it was written last, and gone once it was removed', async () => {
    const id = randomUUID();
    expect(await manifests.read(id, a)).toBeUndefined();
    await manifests.write(id, a, bytes('first'));
    await manifests.write(id, a, bytes('last'));
    expect(await textAt(id, a)).toBe('last');
    await manifests.remove(id, a);
    expect(await manifests.read(id, a)).toBeUndefined();
    await manifests.remove(id, a);
  });

  it('can be empty, and have any name that is accepted', async () => {
    const id = randomUUID();
    await manifests.write(id, odd, bytes(''));
    expect(await textAt(id, odd)).toBe('');
    expect(await manifests.list(id)).toEqual([odd]);
    await manifests.removeAll(id);
    expect(await manifests.list(id)).toEqual([]);
  });
});

describe("a cluster's manifests", () => {
  it('are listed by folder and name, without anything else', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    for (const path of [b, odd, a]) await manifests.write(id, path, bytes('x'));
    await manifests.write(other, a, bytes('x'));
    const stray = { Bucket: bucket, Key: `clusters/${id}/manifests/stray`, Body: 'x' };
    await client.send(new PutObjectCommand(stray));
    expect(await manifests.list(id)).toEqual([a, odd, b]);
  });

  it('are all listed, however many', async () => {
    const id = randomUUID();
    const names = Array.from({ length: 1001 }, (_, index) => `${String(index).padStart(4, '0')}.json`);
    for (let at = 0; at < names.length; at += 100) {
      const some = names.slice(at, at + 100);
      await Promise.all(some.map((fileName) => manifests.write(id, { folder: 'manifests', fileName }, bytes('{}'))));
    }
    expect((await manifests.list(id)).map(({ fileName }) => fileName)).toEqual(names);
  });

  it('go together, and no others with them', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    for (const path of [a, b]) await manifests.write(id, path, bytes('x'));
    await manifests.write(other, a, bytes('x'));
    await manifests.removeAll(id);
    expect(await manifests.list(id)).toEqual([]);
    expect(await manifests.list(other)).toEqual([a]);
    await manifests.removeAll(id);
  });
});

describe('renewing manifests', () => {
  const lifetime = manifestDays * 24 * 60 * 60;
  const soon = () => Math.floor(Date.now() / 1000);

  const ages = async (clusterId: string): Promise<(number | undefined)[]> => {
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: `clusters/${clusterId}/` }),
    );
    return Contents.map(({ LastModified }) => LastModified?.getTime());
  };

  it.runIf(isEmbedded)('makes those young that would go before the cluster, and keeps what is in them', async () => {
    const id = randomUUID();
    for (const path of [a, odd]) await manifests.write(id, path, bytes(path.fileName));
    const before = await ages(id);
    wait(100);
    await manifests.renew(id, soon() + lifetime - 3 * 24 * 60 * 60);
    expect(await ages(id)).toEqual(before);
    await manifests.renew(id, soon() + lifetime);
    for (const [index, age = 0] of (await ages(id)).entries()) expect(age).toBeGreaterThan(before[index] ?? 0);
    for (const path of [a, odd]) expect(await textAt(id, path)).toBe(path.fileName);
  });
});
