import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { artifactFinder, artifactRemover, artifactWriter, links } from '#adapters/artifacts.ts';
import { ignitionKey } from '#domain/infra-env/artifact.ts';
import { startS3 } from '#emulators/s3/s3-server.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';

// The emulator that AWS_ENDPOINT_URL names, or the embedded stand-in.
const { AWS_ENDPOINT_URL: given } = process.env;
const credentials = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? 'local',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? 'local-secret',
};
const region = 'us-east-1';
const embedded =
  given === undefined ? await startS3({ dataDir: await sharedFolder(), credentials, region }) : undefined;
afterAll(() => embedded?.close());

const options = {
  region,
  endpoint: given ?? embedded?.endpoint ?? '',
  forcePathStyle: true,
  requestChecksumCalculation: 'WHEN_REQUIRED',
} as const;
const client = new S3Client({ ...options, credentials });
const bucket = { client, bucket: `artifacts-${randomUUID()}` };
await client.send(new CreateBucketCommand({ Bucket: bucket.bucket }));

const finder = artifactFinder(bucket);
const writer = artifactWriter(bucket);
const newKey = () => ignitionKey({ id: randomUUID(), revision: 1 });
const bytes = (text: string) => new TextEncoder().encode(text);

describe('an artifact', () => {
  it('is found once it was written', async () => {
    const key = newKey();
    expect(await finder.find(key)).toBeUndefined();
    expect(await writer.writeOnce(key, bytes('{}'))).toBe(true);
    expect(await finder.find(key)).toEqual({ key, size: 2, lastModified: expect.any(Date) });
  });

  it('is written by exactly one of many concurrent writers', async () => {
    const key = newKey();
    const won = await Promise.all(Array.from({ length: 20 }, (_, n) => writer.writeOnce(key, bytes(`writer ${n}`))));
    expect(won.filter(Boolean)).toHaveLength(1);
    const link = await links({ ...bucket, clock: () => new Date(), seconds: 60 }).presign(key, 'x');
    expect(await (await fetch(link.url)).text()).toBe(`writer ${won.indexOf(true)}`);
  });

  it('goes with all others of its infra-env, and only with those', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    const keys = [1, 2, 3].map((revision) => ignitionKey({ id, revision }));
    const kept = ignitionKey({ id: other, revision: 1 });
    for (const key of [...keys, kept]) await writer.writeOnce(key, bytes('{}'));
    await artifactRemover(bucket).removeAll(id);
    expect(await Promise.all(keys.map((key) => finder.find(key)))).toEqual([undefined, undefined, undefined]);
    expect(await finder.find(kept)).toBeDefined();
    await artifactRemover(bucket).removeAll(id);
  });
});

describe('a link', () => {
  const key = newKey();
  const clock = () => new Date();

  it('gives the object to whoever has it, under the name that the file shall have', async () => {
    await writer.writeOnce(key, bytes('{"ignition":{}}'));
    const { url, expiresAt } = await links({ ...bucket, clock, seconds: 60 }).presign(key, 'discovery.ign');
    const answer = await fetch(url);
    expect(await answer.text()).toBe('{"ignition":{}}');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="discovery.ign"');
    expect(answer.headers.get('last-modified')).toBeTruthy();
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 55_000);
  });

  it('is for GET and for this object alone', async () => {
    const { url } = await links({ ...bucket, clock, seconds: 60 }).presign(key, 'discovery.ign');
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(url.replace(key, newKey()))).status).toBe(403);
  });

  it('works no longer than it says', async () => {
    const longAgo = () => new Date(Date.now() - 61_000);
    const { url } = await links({ ...bucket, clock: longAgo, seconds: 60 }).presign(key, 'discovery.ign');
    expect((await fetch(url)).status).toBe(403);
  });

  it('tells the end of the credentials that signed it, where that is earlier', async () => {
    const expiration = new Date(Date.now() + 5_000);
    const shortLived = new S3Client({ ...options, credentials: { ...credentials, expiration } });
    const { expiresAt } = await links({ ...bucket, client: shortLived, clock, seconds: 3_600 }).presign(key, 'x');
    expect(expiresAt).toEqual(expiration);
  });
});
