import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { installerObjects } from '#adapters/installer-cache/installer-objects.ts';
import { ObjectReplaced } from '#adapters/installer-cache/object-part.ts';
import { startS3 } from '#emulators/s3/s3-server.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { type Fate, unreliableFront } from './unreliable-front.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
const region = 'us-east-1';
const server = await startS3({ dataDir: await sharedFolder(), credentials, region });
afterAll(() => server.close());

const bucket = 'releases';
const clientFor = (endpoint: string) => new S3Client({ region, endpoint, forcePathStyle: true, credentials });
const client = clientFor(server.endpoint);
await client.send(new CreateBucketCommand({ Bucket: bucket }));

const key = 'installer';
const put = (body: Buffer) => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
const remove = () => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));

const partBytes = 1_000;
const range = (part: number): string => `bytes=${part * partBytes}-${(part + 1) * partBytes - 1}`;

/** An object read in parts through a front that spoils what it is told to. */
const given = async (
  body: Buffer,
  fateOf: (range: string, earlier: number) => Fate = () => 'whole',
  stallMilliseconds = 400,
) => {
  const etag = (await put(body)).ETag;
  const front = await unreliableFront(server.endpoint, (exchange, earlier) => fateOf(exchange.range, earlier));
  const limits = { partBytes, partsAtATime: 3, stallMilliseconds };
  const { open } = installerObjects({ client: clientFor(front.endpoint), bucket, limits });
  const openIt = async (): Promise<Readable> => {
    const stream = await open(key);
    if (stream === undefined) throw new Error('no such object');
    return stream;
  };
  const ranges = () => front.exchanges.map((exchange) => exchange.range);
  return { ...front, etag, ranges, open: openIt };
};

describe('an object in the bucket', () => {
  it.each([0, 1, 999, 1_000, 1_001, 3_000, 12_345])('of %i bytes comes whole, each part once', async (size) => {
    const body = randomBytes(size);
    const { open, ranges } = await given(body);
    expect(await buffer(await open())).toEqual(body);
    const expected = Array.from({ length: Math.max(1, Math.ceil(size / partBytes)) }, (_, part) => part);
    expect(ranges().length).toBe(expected.length);
    expect(ranges().slice(0, -1)).toEqual(expected.slice(0, -1).map(range));
  });

  it('is asked for by the entity tag of its first part', async () => {
    const { open, exchanges, etag } = await given(randomBytes(5_000));
    await buffer(await open());
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(exchanges.map(({ ifMatch }) => ifMatch)).toEqual([undefined, etag, etag, etag, etag]);
  });

  it.each([
    ['replaced', () => put(randomBytes(5_000))],
    ['removed', remove],
  ])('that is %s under way is not taken for the one before', async (_, change) => {
    const { open } = await given(randomBytes(5_000));
    const stream = await open();
    await change();
    await expect(buffer(stream)).rejects.toBeInstanceOf(ObjectReplaced);
  });
});

describe('a part', () => {
  it.each<[Fate, number]>([
    ['cut', 0],
    ['cut', 2],
    ['stall', 0],
    ['stall', 2],
    ['short', 0],
    ['short', 2],
  ])('that is lost (%s, part %i) is asked for again, and no other', async (fate, part) => {
    const body = randomBytes(5_000);
    const { open, ranges } = await given(body, (asked, earlier) =>
      asked === range(part) && earlier < 2 ? fate : 'whole',
    );
    expect(await buffer(await open())).toEqual(body);
    expect(ranges().filter((asked) => asked === range(part))).toHaveLength(3);
    expect(ranges()).toHaveLength(7);
  });

  it('that comes slowly is waited for, as long as something comes', async () => {
    const body = randomBytes(2_000);
    const { open, ranges } = await given(body, (asked) => (asked === range(1) ? 'slow' : 'whole'));
    expect(await buffer(await open())).toEqual(body);
    expect(ranges()).toHaveLength(2);
  });

  it('that is lost three times ends it, and the others are given up', async () => {
    const fateOf = (asked: string): Fate => (asked === range(1) ? 'cut' : asked === range(2) ? 'stall' : 'whole');
    const { open, ranges, abandoned } = await given(randomBytes(9_000), fateOf, 60_000);
    await expect(buffer(await open())).rejects.toThrow();
    expect(ranges().filter((asked) => asked === range(1))).toHaveLength(3);
    await expect.poll(() => abandoned).toContain(range(2));
    expect(ranges()).not.toContain(range(4));
  });
});
