import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { bucket, refusal, runServer } from './running-server.ts';

const Bucket = bucket;

describe('a stored object', () => {
  test('comes back with its bytes, headers and metadata', async () => {
    const { client } = await runServer();
    const Body = '{"ignition":{}}';
    const described = {
      ContentType: 'application/json',
      ContentDisposition: 'attachment; filename="discovery.ign"',
      ContentEncoding: 'identity',
      CacheControl: 'no-store',
      Metadata: { revision: '7' },
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'key-1',
    } as const;
    const put = await client.send(new PutObjectCommand({ Bucket, Key: 'a/b.ign', Body, ...described }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'a/b.ign' }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'a/b.ign' }));

    expect(put.ETag).toBe(`"${createHash('md5').update(Body).digest('hex')}"`);
    expect(put.ServerSideEncryption).toBe('aws:kms');
    expect(await got.Body?.transformToString()).toBe(Body);
    for (const answer of [got, head]) {
      expect(answer).toMatchObject({ ...described, ContentLength: Body.length, ETag: put.ETag });
    }
    expect(head.LastModified?.getMilliseconds()).toBe(0);
  });

  test.each(['..', '../../etc/passwd', 'a//b', '/a', 'a/', 'grüße/日本 😀.ign', '%2e%2e', 'a+b c?&=#', '\u0001'])(
    'may be called %j',
    async (Key) => {
      const { client } = await runServer();
      await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
      const got = await client.send(new GetObjectCommand({ Bucket, Key }));
      expect(await got.Body?.transformToString()).toBe('x');
    },
  );

  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'keeps the %s checksum that a stream brought in its trailer',
    async (ChecksumAlgorithm) => {
      const { client } = await runServer();
      const content = Buffer.alloc(100_000, 'ignition');
      const Body = Readable.from([content.subarray(0, 60_000), content.subarray(60_000)], { objectMode: false });
      const input = {
        Bucket,
        Key: 'k',
        Body,
        ContentLength: content.length,
        ChecksumAlgorithm,
        ContentEncoding: 'gzip',
      };
      const put = await client.send(new PutObjectCommand(input));
      const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }));

      expect(got[`Checksum${ChecksumAlgorithm}`]).toBe(put[`Checksum${ChecksumAlgorithm}`]);
      expect(got[`Checksum${ChecksumAlgorithm}`]).toBeDefined();
      expect(got.ContentEncoding).toBe('gzip');
      expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(content)).toBe(true);
    },
  );

  test('is refused, and nothing of it stays, when its checksum is wrong', async () => {
    const { client, dataDir } = await runServer();
    const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ChecksumCRC32: 'AAAAAA==' });
    expect(await refusal(client.send(put))).toEqual({ name: 'BadDigest', status: 400 });
    expect(await refusal(client.send(new HeadObjectCommand({ Bucket, Key: 'k' })))).toEqual({
      name: 'NotFound',
      status: 404,
    });
    expect(await readdir(join(dataDir, 'blobs'))).toEqual([]);
    expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
  });

  test('leaves no blob behind when overwritten or deleted', async () => {
    const { client, dataDir } = await runServer();
    for (const Body of ['one', 'two']) await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body }));
    expect(await readdir(join(dataDir, 'blobs'))).toHaveLength(1);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(await readdir(join(dataDir, 'blobs'))).toEqual([]);
  });

  test('can be read to its end although it is deleted meanwhile', async () => {
    const { client, dataDir } = await runServer();
    const content = Buffer.alloc(8_000_000, 'abc');
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: content }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(content)).toBe(true);
    await expect.poll(() => readdir(join(dataDir, 'blobs'))).toEqual([]);
  });
});

describe('conditional writes', () => {
  test('of 50 writers that want to be first, exactly one is', async () => {
    const { client, dataDir } = await runServer();
    const writers = Array.from({ length: 50 }, (_, index) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: `writer ${index}`, IfNoneMatch: '*' })).then(
        () => `writer ${index}`,
        (error: Error) => error.name,
      ),
    );
    const outcomes = await Promise.all(writers);
    const winners = outcomes.filter((outcome) => outcome.startsWith('writer'));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));

    expect(winners).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'PreconditionFailed')).toHaveLength(49);
    expect(await got.Body?.transformToString()).toBe(winners[0]);
    expect(await readdir(join(dataDir, 'blobs'))).toHaveLength(1);
  });

  test('If-Match replaces that very object only', async () => {
    const { client } = await runServer();
    const put = (Body: string, IfMatch?: string) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ...(IfMatch && { IfMatch }) }));
    expect(await refusal(put('x', '"no"'))).toEqual({ name: 'NoSuchKey', status: 404 });
    const { ETag } = await put('one');
    await put('two', ETag);
    expect(await refusal(put('three', ETag))).toEqual({ name: 'PreconditionFailed', status: 412 });
  });

  test('If-None-Match with an entity tag is not implemented, rather than ignored', async () => {
    const { client } = await runServer();
    const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', IfNoneMatch: '"abc"' });
    expect(await refusal(client.send(put))).toEqual({ name: 'NotImplemented', status: 501 });
  });
});

describe('reading', () => {
  const past = new Date('2020-01-01');
  const future = new Date('2100-01-01');

  test.each([
    [{ IfMatch: '"no"' }, 412],
    [{ IfUnmodifiedSince: past }, 412],
    [{ IfNoneMatch: '*' }, 304],
    [{ IfModifiedSince: future }, 304],
    [{ IfNoneMatch: '"no"', IfModifiedSince: future }, 200],
    [{ IfMatch: '*', IfUnmodifiedSince: past }, 200],
  ])('under %j is answered with %i', async (conditions, status) => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const call = client.send(new HeadObjectCommand({ Bucket, Key: 'k', ...conditions }));
    if (status === 200) expect((await call).$metadata.httpStatusCode).toBe(200);
    else expect((await refusal(call)).status).toBe(status);
  });

  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=-20', '0123456789', 'bytes 0-9/10'],
    ['bytes=5-99', '56789', 'bytes 5-9/10'],
    ['bytes=1-2,4-5', '0123456789', undefined],
    ['bytes=4-2', '0123456789', undefined],
  ])('of %s gives %j', async (Range, content, ContentRange) => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
    expect(await got.Body?.transformToString()).toBe(content);
    expect(got.ContentRange).toBe(ContentRange);
    expect(got.$metadata.httpStatusCode).toBe(ContentRange === undefined ? 200 : 206);
    expect(got.ContentLength).toBe(content.length);
  });

  test.each(['bytes=10-', 'bytes=-0', 'bytes=4294967296-4294967297'])('of %s is not satisfiable', async (Range) => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const call = client.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
    expect(await refusal(call)).toEqual({ name: 'InvalidRange', status: 416 });
  });

  test('an empty object works', async () => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: new Uint8Array() }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await got.Body?.transformToString()).toBe('');
  });
});

describe('copying', () => {
  test('keeps or replaces the metadata and survives the source', async () => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: 'ä/a', Body: 'content', Metadata: { a: '1' } }));
    const CopySource = `${Bucket}/${encodeURIComponent('ä/a')}`;
    await client.send(new CopyObjectCommand({ Bucket, Key: 'kept', CopySource }));
    const replaced = { MetadataDirective: 'REPLACE', Metadata: { b: '2' } } as const;
    await client.send(new CopyObjectCommand({ Bucket, Key: 'replaced', CopySource, ...replaced }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'ä/a' }));

    const kept = await client.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    expect(await kept.Body?.transformToString()).toBe('content');
    expect(kept.Metadata).toEqual({ a: '1' });
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'replaced' }))).Metadata).toEqual({ b: '2' });
  });

  test.each([
    [{ CopySource: `${Bucket}/none` }, 'NoSuchKey'],
    [{ CopySource: 'none/k' }, 'NoSuchBucket'],
    [{ CopySource: `${Bucket}/k`, CopySourceIfMatch: '"no"' }, 'PreconditionFailed'],
    [{ CopySource: `${Bucket}/k?versionId=1` }, 'NotImplemented'],
    [{ CopySource: `${Bucket}/k`, Key: 'k' }, 'InvalidRequest'],
    [
      { CopySource: `${Bucket}/k`, Key: 'k', IfNoneMatch: '*', MetadataDirective: 'REPLACE' as const },
      'PreconditionFailed',
    ],
  ])('of %j is refused with %s', async (input, name) => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    expect((await refusal(client.send(new CopyObjectCommand({ Bucket, Key: 'copy', ...input })))).name).toBe(name);
  });
});

describe('deleting', () => {
  test('many at once reports each, also those that are not there', async () => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: '<a&b>', Body: 'x' }));
    const Delete = { Objects: [{ Key: '<a&b>' }, { Key: 'none' }] };
    const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['<a&b>', 'none']);
    expect((await refusal(client.send(new HeadObjectCommand({ Bucket, Key: '<a&b>' })))).status).toBe(404);
  });

  test('under If-Match leaves another object alone', async () => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const call = client.send(new DeleteObjectCommand({ Bucket, Key: 'k', IfMatch: '"no"' }));
    expect(await refusal(call)).toEqual({ name: 'PreconditionFailed', status: 412 });
  });
});

test.each([
  { Tagging: 'a=b' },
  { ACL: 'public-read' as const },
  { StorageClass: 'GLACIER' as const },
  { ObjectLockMode: 'GOVERNANCE' as const, ObjectLockRetainUntilDate: new Date('2100-01-01') },
])('what is not there, like %j, is refused', async (input) => {
  const { client } = await runServer();
  const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...input });
  expect(await refusal(client.send(put))).toEqual({ name: 'NotImplemented', status: 501 });
});
