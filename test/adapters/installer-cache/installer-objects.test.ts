import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { zstdCompressSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { installerCache } from '#adapters/installer-cache/installer-cache.ts';
import { installerObjects } from '#adapters/installer-cache/installer-objects.ts';
import { startS3 } from '#emulators/s3/s3-server.ts';
import { memoryInstallerObjects } from '#test/fakes/installer-objects.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { sharedFolder, temporaryFolder } from '#test/fakes/temporary-folder.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
const region = 'us-east-1';
const server = await startS3({ dataDir: await sharedFolder(), credentials, region });
afterAll(() => server.close());

const client = new S3Client({ region, endpoint: server.endpoint, forcePathStyle: true, credentials });
const bucket = 'releases';
await client.send(new CreateBucketCommand({ Bucket: bucket }));

const put = (key: string, body: Buffer) => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));

describe('the releases bucket', () => {
  const { open } = installerObjects({ client, bucket });

  it('gives an object as it is stored', async () => {
    const bytes = randomBytes(300_000);
    await put('stored', bytes);
    const body = await open('stored');
    expect(body && (await buffer(body))).toEqual(bytes);
  });

  it('has nothing under another key', async () => {
    expect(await open('absent')).toBeUndefined();
  });

  it('that is not there is an error, not a missing installer', async () => {
    const elsewhere = installerObjects({ client, bucket: 'other-bucket' });
    await expect(elsewhere.open('stored')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('feeds the cache', async () => {
    const content = randomBytes(1_000_000);
    const release = memoryInstallerObjects().add({ version: '4.20.0', content, encoding: 'zstd' });
    await put(release.installer.key, zstdCompressSync(content));
    const cacheDir = await temporaryFolder();
    const cache = installerCache({
      imageDir: '/nonexistent',
      cacheDir,
      maxBytes: 2_000_000,
      objects: installerObjects({ client, bucket }),
      logger: memoryLogger(),
    });
    const { path } = await cache.acquire(release, new AbortController().signal);
    expect(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ).toBe(release.installer.sha256);
  });
});
