import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { bucket, runServer, temporaryFolder } from './running-server.ts';

const Bucket = bucket;
const size = 64 * 1024 * 1024;

const sparseFile = async (): Promise<string> => {
  const path = join(await temporaryFolder(), 'base.iso');
  await using file = await open(path, 'w');
  await file.truncate(size);
  await file.write('middle', 20_000_000);
  await file.write('end', size - 3);
  return path;
};

test.each(['copy', 'link'] as const)(
  'a sparse file brought in by %s has its bytes and takes no more room',
  async (mode) => {
    const { client, server, dataDir } = await runServer();
    const path = await sparseFile();
    const { etag } = await server.importFile({ bucket, key: 'k', path, mode, headers: { 'content-type': 'a/b' } });

    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
    expect(head).toMatchObject({ ContentLength: size, ContentType: 'a/b', ETag: `"${etag}"` });
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(await readFile(path))).toBe(true);
    const [blob] = await readdir(join(dataDir, 'blobs'));
    expect((await stat(join(dataDir, 'blobs', blob ?? ''))).blocks * 512).toBeLessThan(4 * 1024 * 1024);
  },
);

test('a copied file may change afterwards', async () => {
  const { client, server } = await runServer();
  const path = join(await temporaryFolder(), 'installer');
  await writeFile(path, 'before');
  await server.importFile({ bucket, key: 'k', path });
  await writeFile(path, 'after!');
  const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
  expect(await got.Body?.transformToString()).toBe('before');
});

test('a file that cannot be read or a bucket that is not there leaves nothing', async () => {
  const { server, dataDir } = await runServer();
  const path = await sparseFile();
  await expect(server.importFile({ bucket, key: 'k', path: `${path}.none` })).rejects.toThrow('ENOENT');
  await expect(server.importFile({ bucket: 'none', key: 'k', path })).rejects.toThrow('bucket does not exist');
  expect(await readdir(join(dataDir, 'blobs'))).toEqual([]);
});
