import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, test } from 'vitest';
import { chunkSignatures } from '#emulators/s3/body/chunk-signatures.ts';
import { signingKeys } from '#emulators/s3/signature/signing-key.ts';
import { signatureCheck } from '#emulators/s3/signature/verify-signature.ts';
import { httpStatus } from '#test/emulators/http/http-status.ts';
import { bucket, clientOf, credentials, refusal, runServer } from './running-server.ts';
import { errorCode, signChunks, signRequest } from './signed-request.ts';

const Bucket = bucket;
const hash = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

describe('the examples of the AWS documentation', () => {
  const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
  const now = () => new Date('2013-05-24T00:00:00Z');

  test('a presigned GET is accepted', () => {
    const check = signatureCheck({ credentials: { accessKeyId, secretAccessKey }, region: 'us-east-1', now });
    const query = Object.entries({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${accessKeyId}/20130524/us-east-1/s3/aws4_request`,
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    });
    const headers = { host: 'examplebucket.s3.amazonaws.com' };
    const target = { method: 'GET', path: '/test.txt', bucket: 'test.txt', key: undefined, query, headers };
    expect(check(target).payloadHash).toBe('UNSIGNED-PAYLOAD');
  });

  test('the chunks of a signed stream are accepted, in their order only', () => {
    const scope = { day: '20130524', region: 'us-east-1' };
    const chain = {
      key: signingKeys(secretAccessKey)(scope),
      date: '20130524T000000Z',
      scope: '20130524/us-east-1/s3/aws4_request',
      seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    };
    const chunks = [
      [65536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'],
      [1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'],
      [0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'],
    ] as const;
    const feed = (list: readonly (readonly [number, string])[]) => {
      const signatures = chunkSignatures(chain);
      for (const [size, signature] of list) {
        signatures.update(Buffer.alloc(size, 'a'));
        signatures.endChunk(signature);
      }
    };
    expect(() => feed(chunks)).not.toThrow();
    expect(() => feed(chunks.toReversed())).toThrow('signature');
  });
});

describe('a request', () => {
  test.each([
    ['InvalidAccessKeyId', { credentials: { ...credentials, accessKeyId: 'AKOTHER' } }],
    ['SignatureDoesNotMatch', { credentials: { ...credentials, secretAccessKey: 'other' } }],
    ['InvalidToken', { credentials: { ...credentials, sessionToken: 'token' } }],
    ['AuthorizationHeaderMalformed', { region: 'us-east-1' }],
  ])('is refused with %s', async (name, config) => {
    const { server } = await runServer();
    const client = clientOf(server.endpoint, config);
    expect((await refusal(client.send(new GetObjectCommand({ Bucket, Key: 'k' })))).name).toBe(name);
  });

  test('without any signature is refused', async () => {
    const { server } = await runServer();
    const answer = await fetch(`${server.endpoint}/${bucket}/k`);
    expect([answer.status, await errorCode(answer)]).toEqual([403, 'AccessDenied']);
  });

  test('to a name that a stranger may have pointed here is refused, however well signed', async () => {
    const { server } = await runServer();
    const headers = { host: 'stranger.example' };
    const signed = signRequest({
      endpoint: server.endpoint,
      method: 'GET',
      path: '/',
      payload: 'UNSIGNED-PAYLOAD',
      headers,
    });
    expect(await httpStatus(signed.url, signed)).toBe(403);
    const own = signRequest({ endpoint: server.endpoint, method: 'GET', path: '/', payload: 'UNSIGNED-PAYLOAD' });
    expect(await httpStatus(own.url, own)).not.toBe(403);
  });

  test('of another hour is refused', async () => {
    const { server } = await runServer();
    const date = new Date(Date.now() - 16 * 60_000);
    const options = { endpoint: server.endpoint, method: 'GET', path: `/${bucket}/k`, payload: hash(''), date };
    const answer = await fetch(signRequest(options).url, { headers: signRequest(options).headers });
    expect([answer.status, await errorCode(answer)]).toEqual([403, 'RequestTimeTooSkewed']);
  });

  test('with an x-amz header that is not signed is refused', async () => {
    const { server } = await runServer();
    const path = `/${bucket}/k`;
    const { url, headers } = signRequest({ endpoint: server.endpoint, method: 'PUT', path, payload: hash('x') });
    const answer = await fetch(url, { method: 'PUT', headers: { ...headers, 'x-amz-meta-a': 'b' }, body: 'x' });
    expect([answer.status, await errorCode(answer)]).toEqual([403, 'AccessDenied']);
  });

  test('whose body is not the signed one is refused', async () => {
    const { server } = await runServer();
    const path = `/${bucket}/k`;
    const { url, headers } = signRequest({ endpoint: server.endpoint, method: 'PUT', path, payload: hash('signed') });
    const answer = await fetch(url, { method: 'PUT', headers, body: 'forged' });
    expect([answer.status, await errorCode(answer)]).toEqual([400, 'XAmzContentSHA256Mismatch']);
  });

  test('with a wrong Content-MD5 is refused', async () => {
    const { server } = await runServer();
    const md5 = createHash('md5').update('other').digest('base64');
    const headers = { 'content-md5': md5 };
    const path = `/${bucket}/k`;
    const signed = signRequest({ endpoint: server.endpoint, method: 'PUT', path, payload: hash('x'), headers });
    const answer = await fetch(signed.url, { method: 'PUT', headers: signed.headers, body: 'x' });
    expect([answer.status, await errorCode(answer)]).toEqual([400, 'BadDigest']);
  });
});

describe('a stream with signed chunks', () => {
  const first = Buffer.alloc(9000, 'a');
  const chunks = [first, Buffer.from('the end')];
  const size = `${9000 + 7}`;
  const base64 = (value: number): string => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes.toString('base64');
  };

  const send = async (options: { trailer?: string; spoil?: (body: Buffer) => Buffer; chunks?: Buffer[] }) => {
    const { server, client } = await runServer();
    const headers = {
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': size,
      ...(options.trailer && { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
    };
    const payload = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${options.trailer ? '-TRAILER' : ''}`;
    const path = `/${bucket}/k`;
    const signed = signRequest({ endpoint: server.endpoint, method: 'PUT', path, payload, headers });
    const body = signChunks(signed, { chunks: options.chunks ?? chunks, ...options });
    const sent = new Uint8Array((options.spoil ?? ((same) => same))(body));
    const answer = await fetch(signed.url, { method: 'PUT', headers: signed.headers, body: sent });
    return { client, status: answer.status, code: await errorCode(answer) };
  };

  const replaced = (from: string, to: string) => (body: Buffer) =>
    Buffer.from(body.toString('latin1').replace(from, to), 'latin1');
  const crc = `x-amz-checksum-crc32:${base64(crc32(Buffer.concat(chunks)))}`;

  test.each([{}, { trailer: crc }])('is stored (%j)', async (options) => {
    const { client, status } = await send(options);
    expect(status).toBe(200);
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await got.Body?.transformToString()).toBe(Buffer.concat(chunks).toString());
    expect(got.ContentEncoding).toBeUndefined();
  });

  test.each([
    ['a changed chunk', { spoil: replaced('the end', 'The end') }, 'SignatureDoesNotMatch'],
    [
      'a forged trailer',
      { trailer: crc, spoil: replaced(crc, 'x-amz-checksum-crc32:AAAAAA==') },
      'SignatureDoesNotMatch',
    ],
    ['a wrong checksum', { trailer: 'x-amz-checksum-crc32:AAAAAA==' }, 'BadDigest'],
    ['a missing chunk', { chunks: [first] }, 'IncompleteBody'],
    ['a cut-off body', { spoil: (body: Buffer) => body.subarray(0, 5000) }, 'IncompleteBody'],
    ['a chunk that is too small', { chunks: [...chunks].reverse() }, 'InvalidChunkSizeError'],
  ])('with %s is refused', async (_, options, code) => {
    expect((await send(options)).code).toBe(code);
  });
});

describe('a presigned link', () => {
  const linked = async (options: { now?: () => Date } = {}) => {
    const running = await runServer(options.now === undefined ? {} : { now: options.now });
    const presigner = clientOf(running.server.endpoint, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    return { ...running, presigner };
  };

  test('opens the object, labelled as the link says', async () => {
    const { client, presigner } = await linked();
    await client.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: 'content' }));
    const command = new GetObjectCommand({
      Bucket,
      Key: 'a b',
      ResponseContentDisposition: 'attachment; filename="discovery.ign"',
      ResponseContentType: 'application/vnd.coreos.ignition+json',
    });
    const answer = await fetch(await getSignedUrl(presigner, command, { expiresIn: 60 }));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('content');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="discovery.ign"');
    expect(answer.headers.get('content-type')).toBe('application/vnd.coreos.ignition+json');
  });

  test('serves ranges', async () => {
    const { client, presigner } = await linked();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const url = await getSignedUrl(presigner, new GetObjectCommand({ Bucket, Key: 'k' }));
    const answer = await fetch(url, { headers: { range: 'bytes=-3' } });
    expect([answer.status, await answer.text()]).toEqual([206, '789']);
  });

  test('takes an upload with the metadata that was signed', async () => {
    const { client, presigner } = await linked();
    const command = new PutObjectCommand({ Bucket, Key: 'k', Metadata: { colour: 'blue' } });
    const answer = await fetch(await getSignedUrl(presigner, command), { method: 'PUT', body: 'content' });
    expect(answer.status).toBe(200);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
    expect([head.ContentLength, head.Metadata]).toEqual([7, { colour: 'blue' }]);
  });

  test('dies when its time is up, to the second', async () => {
    let time = Date.now();
    const { client, presigner } = await linked({ now: () => new Date(time) });
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const signingDate = new Date(Math.floor(time / 1000) * 1000);
    const url = await getSignedUrl(presigner, new GetObjectCommand({ Bucket, Key: 'k' }), {
      expiresIn: 60,
      signingDate,
    });
    time = signingDate.getTime() + 60_000;
    expect((await fetch(url)).status).toBe(200);
    time += 1000;
    const late = await fetch(url);
    expect(late.status).toBe(403);
    expect(await late.text()).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
  });

  test.each([
    ['another method', (url: string) => fetch(url, { method: 'DELETE' }), 403],
    ['another key', (url: string) => fetch(url.replace('/k?', '/l?')), 403],
    ['a longer life', (url: string) => fetch(url.replace('Expires=900', 'Expires=901')), 403],
    ['a life past a week', (url: string) => fetch(url.replace('Expires=900', 'Expires=604801')), 400],
    ['another signature', (url: string) => fetch(url.replace(/Signature=./, 'Signature=g')), 403],
    ['another label', (url: string) => fetch(`${url}&response-content-type=text%2Fhtml`), 403],
    ['no change', (url: string) => fetch(url), 200],
  ])('with %s opens only if nothing was changed', async (_, open, status) => {
    const { client, presigner } = await linked();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    expect((await open(await getSignedUrl(presigner, new GetObjectCommand({ Bucket, Key: 'k' })))).status).toBe(status);
  });
});
