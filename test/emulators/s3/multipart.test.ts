import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startChecksum } from '#emulators/s3/body/checksum.ts';
import { cpuMilliseconds } from '#test/cpu-time.ts';
import { bucket, clientOf, refusal, runServer, temporaryFolder } from './running-server.ts';

const Bucket = bucket;
const CopySource = `${Bucket}/base`;
const gibibyte = 2 ** 30;

/** What a part is made of: bytes of its own or an inclusive range of the object `base`. */
type Piece = Buffer | readonly [first: number, last: number];

const begin = async (client: S3Client, Key: string, input: Partial<CreateMultipartUploadCommandInput> = {}) => {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }));
  return { Bucket, Key, UploadId };
};

type Begun = Awaited<ReturnType<typeof begin>>;

const addPart = async (
  client: S3Client,
  upload: Begun,
  [PartNumber, piece]: [number, Piece],
): Promise<CompletedPart> => {
  if (Buffer.isBuffer(piece)) {
    const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body: piece }));
    return { ETag, PartNumber };
  }
  const CopySourceRange = `bytes=${piece[0]}-${piece[1]}`;
  const input = { ...upload, PartNumber, CopySource, CopySourceRange };
  const { CopyPartResult } = await client.send(new UploadPartCopyCommand(input));
  return { ETag: CopyPartResult?.ETag, PartNumber };
};

const compose = async (client: S3Client, Key: string, pieces: readonly Piece[]): Promise<void> => {
  const upload = await begin(client, Key);
  const Parts: CompletedPart[] = [];
  for (const [index, piece] of pieces.entries()) Parts.push(await addPart(client, upload, [index + 1, piece]));
  await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
};

const contentOf = async (client: S3Client, Key: string, Range?: string): Promise<Buffer> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...(Range && { Range }) }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

describe('an object composed of parts', () => {
  test('equals the same slices put together in memory, as a whole and in any range', async () => {
    const { client, reported } = await runServer({ minimumPartSize: 1 });
    const base = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7919) % 251));
    await compose(client, 'base', [base.subarray(0, 1000), base.subarray(1000, 1001), base.subarray(1001)]);

    const range = fc
      .tuple(fc.nat(base.length - 1), fc.nat(base.length - 1))
      .map(([a, b]): Piece => [Math.min(a, b), Math.max(a, b)]);
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 500 }).map((array): Piece => Buffer.from(array));
    const pieces = fc.array(fc.oneof(range, bytes), { minLength: 1, maxLength: 6 });
    const bytesOf = (piece: Piece) => (Buffer.isBuffer(piece) ? piece : base.subarray(piece[0], piece[1] + 1));

    await fc.assert(
      fc.asyncProperty(pieces, fc.nat(), fc.nat(), async (list, x, y) => {
        const expected = Buffer.concat(list.map(bytesOf));
        const [from, to] = [x % expected.length, y % expected.length].sort((a, b) => a - b);
        await compose(client, 'composed', list);
        expect((await contentOf(client, 'composed')).equals(expected)).toBe(true);
        const slice = await contentOf(client, 'composed', `bytes=${from}-${to}`);
        expect(slice.equals(expected.subarray(from, (to ?? 0) + 1))).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(reported).toEqual([]);
  });

  test('of 45 GB sparse base image and one patched part takes no time and no space', async () => {
    const { client, server, dataDir } = await runServer();
    const size = 45_000_000_000;
    const path = join(await temporaryFolder(), 'base.iso');
    const mark = { offset: 5_368_709_121, text: 'past 2^32' };
    await using file = await open(path, 'w');
    await file.truncate(size);
    await file.write(mark.text, mark.offset);
    await server.importFile({
      bucket,
      key: 'base',
      path,
      mode: 'link',
      headers: { 'content-type': 'application/x-iso' },
    });
    expect((await contentOf(client, 'base', `bytes=${mark.offset}-${mark.offset + 8}`)).toString()).toBe(mark.text);

    const patch = Buffer.alloc(5 * 1024 * 1024, 'p');
    const pieces: Piece[] = [patch];
    for (let first = patch.length; first < size; first += 5 * gibibyte) {
      pieces.push([first, Math.min(first + 5 * gibibyte, size) - 1]);
    }
    expect(await cpuMilliseconds(() => compose(client, 'patched', pieces))).toBeLessThan(5000);

    expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'patched' }))).ContentLength).toBe(size);
    const seam = await contentOf(client, 'patched', `bytes=${patch.length - 2}-${patch.length + 1}`);
    expect(seam).toEqual(Buffer.from('pp\0\0'));
    const range = `bytes=${mark.offset - 1}-${mark.offset + 8}`;
    expect((await contentOf(client, 'patched', range)).toString()).toBe(`\0${mark.text}`);
    expect((await contentOf(client, 'patched', 'bytes=-3')).length).toBe(3);
    expect(await readdir(join(dataDir, 'blobs'))).toHaveLength(2);
  });

  test('has the ETag of its parts and keeps what was said at its creation', async () => {
    const { client } = await runServer({ minimumPartSize: 1 });
    const upload = await begin(client, 'k', { ContentType: 'application/x-iso', Metadata: { a: '1' } });
    const Parts = [
      await addPart(client, upload, [1, Buffer.from('a')]),
      await addPart(client, upload, [9, Buffer.from('b')]),
    ];
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    const md5 = (content: string | Buffer) => createHash('md5').update(content).digest();
    const ETag = `"${md5(Buffer.concat([md5('a'), md5('b')])).toString('hex')}-2"`;
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
    expect(head).toMatchObject({ ETag, ContentType: 'application/x-iso', Metadata: { a: '1' } });
  });

  test.each([
    ['CRC32', 'FULL_OBJECT'],
    ['CRC32C', 'FULL_OBJECT'],
    ['CRC64NVME', 'FULL_OBJECT'],
    ['CRC32', 'COMPOSITE'],
    ['SHA256', 'COMPOSITE'],
  ] as const)('has the %s checksum of type %s, copied parts included', async (algorithm, ChecksumType) => {
    const { client } = await runServer({ minimumPartSize: 1 });
    await client.send(new PutObjectCommand({ Bucket, Key: 'base', Body: '0123456789' }));
    const upload = await begin(client, 'k', { ChecksumAlgorithm: algorithm, ChecksumType });
    const name = `Checksum${algorithm}` as const;
    const body = { ...upload, PartNumber: 1, Body: 'abc', ChecksumAlgorithm: algorithm };
    const own = await client.send(new UploadPartCommand(body));
    const copy = { ...upload, PartNumber: 2, CopySource, CopySourceRange: 'bytes=3-9' };
    const { CopyPartResult: copied } = await client.send(new UploadPartCopyCommand(copy));
    const Parts = [
      { PartNumber: 1, ETag: own.ETag, [name]: own[name] },
      { PartNumber: 2, ETag: copied?.ETag, [name]: copied?.[name] },
    ];
    const done = await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));

    const digest = (content: Buffer) => {
      const running = startChecksum(algorithm);
      running.update(content);
      return running.digest();
    };
    const pieces = [Buffer.from('abc'), Buffer.from('3456789')];
    const whole = digest(Buffer.concat(pieces)).toString('base64');
    const composite = `${digest(Buffer.concat(pieces.map(digest))).toString('base64')}-2`;
    expect(done[name]).toBe(ChecksumType === 'FULL_OBJECT' ? whole : composite);
    expect((await contentOf(client, 'k')).toString()).toBe('abc3456789');
  });
});

describe('an upload that was created with CRC32', () => {
  const createdWith = async (ChecksumType: 'COMPOSITE' | 'FULL_OBJECT') => {
    const { server, client } = await runServer({ minimumPartSize: 1 });
    const bare = clientOf(server.endpoint, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    return { bare, upload: await begin(client, 'k', { ChecksumAlgorithm: 'CRC32', ChecksumType }) };
  };

  test('takes no part without one, and no completion that does not repeat each part’s', async () => {
    const { bare, upload } = await createdWith('COMPOSITE');
    const part = { ...upload, PartNumber: 1, Body: 'abc' };
    expect((await refusal(bare.send(new UploadPartCommand(part)))).name).toBe('InvalidRequest');
    const { ETag } = await bare.send(new UploadPartCommand({ ...part, ChecksumAlgorithm: 'CRC32' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const complete = bare.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
    expect((await refusal(complete)).name).toBe('InvalidRequest');
  });

  test('computes those of its parts itself where the whole object’s is asked for', async () => {
    const { bare, upload } = await createdWith('FULL_OBJECT');
    const { ETag } = await bare.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: '123456789' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const done = await bare.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
    // The check value of CRC-32, 0xCBF43926.
    expect(done.ChecksumCRC32).toBe('y/Q5Jg==');
  });
});

describe('completing', () => {
  const twoParts = async (client: S3Client) => {
    const upload = await begin(client, 'k');
    const first = await addPart(client, upload, [1, Buffer.from('first')]);
    const second = await addPart(client, upload, [2, Buffer.from('second')]);
    return { upload, first, second };
  };
  type Two = Awaited<ReturnType<typeof twoParts>>;

  test.each<[string, string, (two: Two) => CompletedPart[], number?]>([
    ['a part smaller than 5 MiB before the last', 'EntityTooSmall', ({ first, second }) => [first, second]],
    ['parts out of order', 'InvalidPartOrder', ({ first, second }) => [second, first], 1],
    ['a part twice', 'InvalidPartOrder', ({ first }) => [first, first], 1],
    ['another ETag', 'InvalidPart', ({ first, second }) => [{ ...first, ETag: second.ETag }], 1],
    ['a part that is not there', 'InvalidPart', ({ first }) => [first, { ...first, PartNumber: 3 }], 1],
    ['a wrong checksum', 'InvalidPart', ({ first }) => [{ ...first, ChecksumCRC32: 'AAAAAA==' }], 1],
    ['no part', 'MalformedXML', () => []],
  ])('with %s is refused with %s and leaves the upload', async (_, name, partsOf, minimumPartSize) => {
    const { client } = await runServer(minimumPartSize === undefined ? {} : { minimumPartSize });
    const two = await twoParts(client);
    const complete = (Parts: CompletedPart[]) =>
      client.send(new CompleteMultipartUploadCommand({ ...two.upload, MultipartUpload: { Parts } }));
    expect((await refusal(complete(partsOf(two)))).name).toBe(name);
    await complete([two.second]);
    expect((await contentOf(client, 'k')).toString()).toBe('second');
  });

  test('under If-None-Match loses against an object that is there', async () => {
    const { client } = await runServer();
    const { upload, first } = await twoParts(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'earlier' }));
    const input = { ...upload, MultipartUpload: { Parts: [first] }, IfNoneMatch: '*' };
    const call = client.send(new CompleteMultipartUploadCommand(input));
    expect(await refusal(call)).toEqual({ name: 'PreconditionFailed', status: 412 });
    expect((await contentOf(client, 'k')).toString()).toBe('earlier');
  });

  test('twice finds no upload the second time', async () => {
    const { client } = await runServer();
    const { upload, first } = await twoParts(client);
    const complete = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [first] } });
    await client.send(complete);
    expect(await refusal(client.send(complete))).toEqual({ name: 'NoSuchUpload', status: 404 });
  });
});

describe('a copied part', () => {
  test.each([
    [{ CopySourceRange: 'bytes=5-10' }, 'InvalidRange'],
    [{ CopySourceRange: 'bytes=5-' }, 'InvalidArgument'],
    [{ CopySourceIfMatch: '"no"' }, 'PreconditionFailed'],
    [{ PartNumber: 10_001 }, 'InvalidArgument'],
    [{ UploadId: 'none' }, 'NoSuchUpload'],
  ])('with %j is refused with %s', async (input, name) => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ Bucket, Key: 'base', Body: '0123456789' }));
    const upload = await begin(client, 'k');
    const call = client.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource, ...input }));
    expect((await refusal(call)).name).toBe(name);
  });
});

test('uploads and their parts are listed page by page until aborted, then their blobs are gone', async () => {
  const { client, dataDir } = await runServer();
  const uploads = [await begin(client, 'a'), await begin(client, 'b'), await begin(client, 'b')];
  const first = uploads[0] ?? (await begin(client, 'never'));
  for (const number of [1, 2, 3]) await addPart(client, first, [number, Buffer.from(`part ${number}`)]);

  const page = await client.send(new ListPartsCommand({ ...first, MaxParts: 2 }));
  expect(page.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, 6],
    [2, 6],
  ]);
  const rest = await client.send(new ListPartsCommand({ ...first, PartNumberMarker: page.NextPartNumberMarker }));
  expect([rest.Parts?.map(({ PartNumber }) => PartNumber), rest.IsTruncated]).toEqual([[3], false]);

  const seen: unknown[] = [];
  let markers = {};
  for (let more: boolean | undefined = true; more; ) {
    const list = await client.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1, ...markers }));
    seen.push(...(list.Uploads ?? []).map(({ UploadId }) => UploadId));
    markers = { KeyMarker: list.NextKeyMarker, UploadIdMarker: list.NextUploadIdMarker };
    more = list.IsTruncated;
  }
  expect(new Set(seen)).toEqual(new Set(uploads.map(({ UploadId }) => UploadId)));
  expect(seen).toHaveLength(3);

  for (const upload of uploads) await client.send(new AbortMultipartUploadCommand(upload));
  expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  expect(await readdir(join(dataDir, 'blobs'))).toEqual([]);
});
