import { open, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { operatorsReport } from '#emulators/http/disk-room.ts';
import { listen } from '#emulators/http/listen.ts';
import { createHandler } from '#emulators/s3/s3-handler.ts';
import { signatureCheck } from '#emulators/s3/signature/verify-signature.ts';
import type { Blobs } from '#emulators/s3/store/blobs.ts';
import { openStore } from '#emulators/s3/store/store.ts';
import { bucket, clientOf, credentials, refusal, region, runServer, temporaryFolder } from './running-server.ts';

const Bucket = bucket;
const Key = 'k';
const name = { Bucket, Key };
const kibibyte = 1024;

/** Flips one bit of the only blob. */
const flip = async (dataDir: string, position: number) => {
  const [blob = ''] = await readdir(join(dataDir, 'blobs'));
  await using file = await open(join(dataDir, 'blobs', blob), 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, position);
  await file.write(Buffer.from([byte.readUInt8(0) ^ 1]), 0, 1, position);
};

const content = (size: number) => Buffer.alloc(size, 'some content of an object ');

describe('an object of which a bit has flipped', () => {
  test.each([
    ['small', 90 * kibibyte, 5],
    ['small, in its last byte', 90 * kibibyte, 90 * kibibyte - 1],
  ])('%s: is a 500, and then no longer there, so that it can be made again', async (_, size, at) => {
    const { client, dataDir, reported } = await runServer();
    await client.send(new PutObjectCommand({ ...name, Body: content(size) }));
    await flip(dataDir, at);
    expect(await refusal(client.send(new GetObjectCommand(name)))).toEqual({ name: 'InternalError', status: 500 });
    expect(reported.map(String)).toEqual([`Error: ${Bucket}/${Key} is damaged, and was removed`]);
    expect((await refusal(client.send(new HeadObjectCommand(name)))).status).toBe(404);
    await client.send(new PutObjectCommand({ ...name, Body: content(size) }));
    const { Body } = await client.send(new GetObjectCommand(name));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(content(size));
  });

  test('large: breaks the answer off, and is no longer there', async () => {
    const { client, dataDir } = await runServer();
    await client.send(new PutObjectCommand({ ...name, Body: content(900 * kibibyte) }));
    await flip(dataDir, 700 * kibibyte);
    const { Body } = await client.send(new GetObjectCommand(name));
    await expect(Body?.transformToByteArray()).rejects.toThrow();
    expect((await refusal(client.send(new HeadObjectCommand(name)))).status).toBe(404);
  });

  test('is still read where the bit is not', async () => {
    const { client, dataDir } = await runServer();
    await client.send(new PutObjectCommand({ ...name, Body: content(900 * kibibyte) }));
    await flip(dataDir, 700 * kibibyte);
    const { Body } = await client.send(new GetObjectCommand({ ...name, Range: 'bytes=300000-300010' }));
    expect(await Body?.transformToString()).toBe(content(300_011).subarray(300_000).toString());
  });
});

test.each([1, 256 * kibibyte, 256 * kibibyte + 1, 600 * kibibyte])(
  'every range of %i bytes is what was written',
  async (size) => {
    const { client } = await runServer();
    await client.send(new PutObjectCommand({ ...name, Body: content(size) }));
    for (const [start, end] of [
      [0, size - 1],
      [size - 1, size - 1],
      [Math.floor(size / 3), Math.floor((size * 2) / 3)],
    ] as const) {
      const { Body } = await client.send(new GetObjectCommand({ ...name, Range: `bytes=${start}-${end}` }));
      const got = Buffer.from((await Body?.transformToByteArray()) ?? []);
      expect(got.equals(content(size).subarray(start, end + 1))).toBe(true);
    }
  },
);

describe('a disk that is full', () => {
  /** A server whose disk takes nothing while `isFull`. */
  const serveFull = async () => {
    const disk = { isFull: false, at: 0 };
    const said: unknown[] = [];
    const store = await openStore(await temporaryFolder());
    const full = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    const write: Blobs['write'] = (fill) => (disk.isFull ? full() : store.blobs.write(fill));
    const now = () => new Date();
    const handler = createHandler({
      context: { store: { ...store, blobs: { ...store.blobs, write } }, now, region, minimumPartSize: 1 },
      verify: signatureCheck({ credentials, region, now }),
      permissions: { access: undefined, encryptionKeys: new Map() },
      report: operatorsReport(
        (line) => said.push(line),
        () => disk.at,
      ),
    });
    const server = createServer((message, response) => void handler({ message, response, waits: false }));
    const { endpoint, close } = await listen(server);
    onTestFinished(close);
    const client = clientOf(endpoint);
    await client.send(new CreateBucketCommand({ Bucket }));
    const put = (more: Partial<PutObjectCommandInput> = {}) =>
      client.send(new PutObjectCommand({ ...name, Body: 'x', ...more }));
    return { disk, said, put, get: () => client.send(new GetObjectCommand(name)) };
  };

  test('is a 503 for what is to be stored; reading goes on, and storing once there is room', async () => {
    const { disk, put, get } = await serveFull();
    await put();
    disk.isFull = true;
    expect(await refusal(put({ Body: 'y' }))).toEqual({ name: 'ServiceUnavailable', status: 503 });
    expect(await (await get()).Body?.transformToString()).toBe('x');
    disk.isFull = false;
    await put({ Body: 'z' });
    expect(await (await get()).Body?.transformToString()).toBe('z');
  });

  test('is said to the operator in a line, and for ten minutes not again', async () => {
    const { disk, said, put } = await serveFull();
    disk.isFull = true;
    for (const at of [1, 2, 600_000, 600_001, 600_002]) {
      disk.at = at;
      await refusal(put());
    }
    const line = 'The disk of the data folder is full. What is to be stored is refused until there is room.';
    expect(said).toEqual([line, line]);
  });
});
