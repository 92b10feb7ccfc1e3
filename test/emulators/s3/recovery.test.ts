import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { bucket, clientOf, refusal, runServer, temporaryFolder } from './running-server.ts';

const Bucket = bucket;

/** The data folder of a server as it would be if it had died at this moment. */
const snapshot = async (dataDir: string): Promise<string> => {
  const copy = await temporaryFolder();
  await cp(dataDir, copy, { recursive: true });
  return copy;
};

describe('after a restart', () => {
  test('objects and uploads in progress are there as before', async () => {
    const before = await runServer();
    const put = { Bucket, Key: '../k', Body: 'content', Metadata: { a: '1' } };
    const { ETag } = await before.client.send(new PutObjectCommand(put));
    const { UploadId } = await before.client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'iso' }));
    await before.client.send(new UploadPartCommand({ Bucket, Key: 'iso', UploadId, PartNumber: 1, Body: 'part' }));

    const { client } = await runServer({ dataDir: await snapshot(before.dataDir) });
    const got = await client.send(new GetObjectCommand({ Bucket, Key: '../k' }));
    expect(await got.Body?.transformToString()).toBe('content');
    expect(got).toMatchObject({ ETag, Metadata: { a: '1' } });
    const { Parts } = await client.send(new ListPartsCommand({ Bucket, Key: 'iso', UploadId }));
    expect(Parts?.map(({ Size }) => Size)).toEqual([4]);
  });

  test('what was being written is gone', async () => {
    const { client, dataDir } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'content' }));
    const copy = await snapshot(dataDir);
    await writeFile(join(copy, 'tmp', 'draft'), 'half a blo');
    await writeFile(join(copy, 'blobs', '00000000-0000-4000-8000-000000000000'), 'whole, but in no record');
    await mkdir(join(copy, 'buckets', 'without-record', 'objects'), { recursive: true });
    await mkdir(join(copy, 'uploads', '00000000-0000-4000-8000-000000000001'));

    await runServer({ dataDir: copy });
    expect(await readdir(join(copy, 'tmp'))).toEqual([]);
    expect(await readdir(join(copy, 'blobs'))).toEqual(await readdir(join(dataDir, 'blobs')));
    expect(await readdir(join(copy, 'buckets'))).toEqual([Bucket]);
    expect(await readdir(join(copy, 'uploads'))).toEqual([]);
  });

  const blobsOf = async (dataDir: string) =>
    (await readdir(join(dataDir, 'blobs'))).map((name) => join(dataDir, 'blobs', name));
  const recordsOf = async (dataDir: string) => {
    const folder = join(dataDir, 'buckets', Bucket, 'objects');
    return (await readdir(folder)).map((name) => join(folder, name));
  };

  test.each<[string, (dataDir: string) => Promise<unknown>]>([
    ['whose blob is missing', async (dataDir) => Promise.all((await blobsOf(dataDir)).map((path) => rm(path)))],
    [
      'whose blob is too short',
      async (dataDir) => Promise.all((await blobsOf(dataDir)).map((path) => truncate(path, 3))),
    ],
    [
      'whose record is torn',
      async (dataDir) => Promise.all((await recordsOf(dataDir)).map((path) => truncate(path, 9))),
    ],
  ])('an object %s is not there, and can be stored anew', async (_, damage) => {
    const before = await runServer();
    await before.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'content' }));
    const dataDir = await snapshot(before.dataDir);
    await damage(dataDir);

    const { client } = await runServer({ dataDir });
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    expect((await refusal(client.send(new GetObjectCommand({ Bucket, Key: 'k' })))).name).toBe('NoSuchKey');
    expect(await blobsOf(dataDir)).toEqual([]);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'anew', IfNoneMatch: '*' }));
  });
});

test('a server killed while it takes in objects has lost none that it had confirmed, and shows none in part', async () => {
  const dataDir = await temporaryFolder();
  const script = `
    import { startS3 } from '#emulators/s3/s3-server.ts';
    const credentials = { accessKeyId: 'AKLOCAL', secretAccessKey: 'a secret of these tests' };
    const { endpoint } = await startS3({ dataDir: process.argv[1], credentials, region: 'eu-central-1' });
    console.log(endpoint);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const client = clientOf(String(line).trim());
  await client.send(new CreateBucketCommand({ Bucket }));

  const confirmed: string[] = [];
  const size = 50_000;
  const writer = async (name: string) => {
    for (let round = 0; ; round += 1) {
      const Key = `${name}/${round}`;
      await client.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(size, Key) }));
      confirmed.push(Key);
      if (confirmed.length === 40) child.kill('SIGKILL');
    }
  };
  await Promise.allSettled(['a', 'b', 'c', 'd'].map(writer));

  const after = await runServer({ dataDir });
  const { Contents = [] } = await after.client.send(new ListObjectsV2Command({ Bucket }));
  const there = Contents.map(({ Key }) => Key ?? '');
  expect(confirmed.length).toBeGreaterThanOrEqual(40);
  expect(there).toEqual(expect.arrayContaining(confirmed));
  for (const Key of there) {
    const { Body } = await after.client.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(Buffer.alloc(size, Key))).toBe(true);
  }
  expect(await readdir(join(dataDir, 'blobs'))).toHaveLength(there.length);
});
