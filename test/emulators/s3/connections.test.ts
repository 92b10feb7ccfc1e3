import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { bucket, refusal, runServer } from './running-server.ts';
import { errorCode, signRequest } from './signed-request.ts';

const Bucket = bucket;

test('a client that goes away while sending leaves nothing, and is no failure of the server', async () => {
  const { client, server, dataDir, reported } = await runServer();
  const { hostname, port } = new URL(server.endpoint);
  const path = `/${bucket}/k`;
  const headers = { 'content-length': '1000000' };
  const payload = 'UNSIGNED-PAYLOAD';
  const signed = signRequest({ endpoint: server.endpoint, method: 'PUT', path, payload, headers });
  const lines = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(Number(port), hostname);
  socket.write(`PUT ${path} HTTP/1.1\r\n${lines.join('')}\r\n${'x'.repeat(1000)}`);
  await expect.poll(() => readdir(join(dataDir, 'tmp'))).toHaveLength(1);
  socket.destroy();

  await expect.poll(() => readdir(join(dataDir, 'tmp'))).toEqual([]);
  expect((await refusal(client.send(new GetObjectCommand({ Bucket, Key: 'k' })))).name).toBe('NoSuchKey');
  expect(reported).toEqual([]);
});

test('a client that goes away while reading does not keep the content of a deleted object', async () => {
  const { client, dataDir, reported } = await runServer();
  await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: Buffer.alloc(20_000_000) }));
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(await readdir(join(dataDir, 'blobs'))).toHaveLength(1);
  if (Body instanceof Readable) Body.destroy();
  await expect.poll(() => readdir(join(dataDir, 'blobs'))).toEqual([]);
  expect(reported).toEqual([]);
});

test('a large body that is refused is not asked for', async () => {
  const { client } = await runServer();
  const put = (name: string) =>
    client.send(new PutObjectCommand({ Bucket: name, Key: 'k', Body: Buffer.alloc(6_000_000) }));
  expect((await refusal(put('missing'))).name).toBe('NoSuchBucket');
  expect((await put(bucket)).ETag).toBeDefined();
});

test.each(['STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'UNSIGNED-PAYLOAD'])(
  'a body of unknown length is refused (%s)',
  async (payload) => {
    const { server } = await runServer();
    const signed = signRequest({ endpoint: server.endpoint, method: 'PUT', path: `/${bucket}/k`, payload });
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(10_000));
        controller.close();
      },
    });
    const answer = await fetch(signed.url, { method: 'PUT', headers: signed.headers, body, duplex: 'half' });
    expect([answer.status, await errorCode(answer)]).toEqual([411, 'MissingContentLength']);
  },
);

test('closing ends what is under way', async () => {
  const { client, server } = await runServer();
  await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: Buffer.alloc(20_000_000) }));
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
  await server.close();
  await expect(Body?.transformToByteArray()).rejects.toThrow();
});
