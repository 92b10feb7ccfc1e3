import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageOf } from '#emulators/s3/operations/list-page.ts';
import { compareUtf8, insertKey } from '#emulators/s3/store/sorted-keys.ts';
import { bucket, clientOf, credentials, refusal, region, runServer } from './running-server.ts';

const Bucket = bucket;

describe('a bucket', () => {
  test('is there from its creation to its deletion, which it must be empty for', async () => {
    const { client } = await runServer();
    expect(await refusal(client.send(new CreateBucketCommand({ Bucket })))).toEqual({
      name: 'BucketAlreadyOwnedByYou',
      status: 409,
    });
    expect((await client.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe(region);
    expect((await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);

    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    expect((await refusal(client.send(new DeleteBucketCommand({ Bucket })))).name).toBe('BucketNotEmpty');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await client.send(new DeleteBucketCommand({ Bucket }));
    expect((await refusal(client.send(new HeadBucketCommand({ Bucket })))).status).toBe(404);
    const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' });
    expect((await refusal(client.send(put))).name).toBe('NoSuchBucket');
  });

  test.each(['UPPER', 'a', 'a..b', '-ab', '127.0.0.1', 'ab_c'])('cannot be called %s', async (name) => {
    const { client } = await runServer();
    expect((await refusal(client.send(new CreateBucketCommand({ Bucket: name })))).name).toBe('InvalidBucketName');
  });

  test('cannot be in another region', async () => {
    const { client } = await runServer();
    const input = { Bucket: 'other', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } } as const;
    const call = client.send(new CreateBucketCommand(input));
    expect((await refusal(call)).name).toBe('IllegalLocationConstraintException');
  });

  test('cannot be asked for what this server has not', async () => {
    const { server } = await runServer();
    const client = clientOf(server.endpoint, { credentials });
    const call = client.send(new CreateBucketCommand({ Bucket: 'locked', ObjectLockEnabledForBucket: true }));
    expect(await refusal(call)).toEqual({ name: 'NotImplemented', status: 501 });
  });
});

describe('a list', () => {
  const keys = ['a', 'b/1', 'b/2', 'b/c/3', 'b0', 'c/', '\uff5e', '😀'];

  const allPages = async (client: S3Client, input: { Prefix?: string; Delimiter?: string; MaxKeys: number }) => {
    const found: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket, ...input, ...(ContinuationToken && { ContinuationToken }) }),
      );
      found.push(
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      );
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    return found;
  };

  test.each([
    [{}, keys],
    [{ Prefix: 'b' }, ['b/1', 'b/2', 'b/c/3', 'b0']],
    [{ Delimiter: '/' }, ['a', 'b/', 'b0', 'c/', '\uff5e', '😀']],
    [{ Prefix: 'b/', Delimiter: '/' }, ['b/1', 'b/2', 'b/c/']],
    [{ Prefix: 'none' }, []],
  ])('of %j comes in UTF-8 order, one by one', async (input, expected) => {
    const { client } = await runServer();
    for (const Key of keys.toReversed()) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    expect(await allPages(client, { ...input, MaxKeys: 1 })).toEqual(expected);
  });

  test('starts after a key', async () => {
    const { client } = await runServer();
    for (const Key of ['a', 'b', 'c']) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const { Contents, KeyCount } = await client.send(new ListObjectsV2Command({ Bucket, StartAfter: 'a' }));
    expect([Contents?.map(({ Key }) => Key), KeyCount]).toEqual([['b', 'c'], 2]);
  });

  test('in pages of any size has every entry once', () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.uniqueArray(key),
        fc.constantFrom('', '/', 'a/'),
        fc.constantFrom('', '/'),
        fc.integer({ min: 1, max: 4 }),
        (list, prefix, delimiter, limit) => {
          const sorted: string[] = [];
          for (const entry of list) insertKey(sorted, entry);
          const whole = pageOf(sorted, { prefix, delimiter, after: undefined, limit: 1000 });
          const paged = [];
          let page = pageOf(sorted, { prefix, delimiter, after: undefined, limit });
          paged.push(...page.entries);
          while (page.last !== undefined) {
            page = pageOf(sorted, { prefix, delimiter, after: page.last, limit });
            paged.push(...page.entries);
          }
          expect(paged).toEqual(whole.entries);
          expect(new Set(paged.map(({ value }) => value)).size).toBe(paged.length);
        },
      ),
    );
  });

  test('is ordered as the bytes of UTF-8 are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        expect(Math.sign(compareUtf8(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
    );
  });
});
