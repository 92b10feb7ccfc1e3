import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll } from 'vitest';
import { startS3 } from '#emulators/s3/s3-server.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';

/**
 * A new bucket for one file of tests. On the emulator that AWS_ENDPOINT_URL names, or on the embedded stand-in, whose
 * clock `wait` moves on.
 */
export const storedBucket = async () => {
  const { AWS_ENDPOINT_URL: given } = process.env;
  const credentials = {
    accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? 'local',
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? 'local-secret',
  };
  const region = 'us-east-1';
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead * 1000);
  const embedded =
    given === undefined ? await startS3({ dataDir: await sharedFolder(), credentials, region, now }) : undefined;
  const client = new S3Client({
    region,
    endpoint: given ?? embedded?.endpoint ?? '',
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials,
  });
  afterAll(async () => {
    client.destroy();
    await embedded?.close();
  });
  const bucket = `artifacts-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const wait = (seconds: number): void => {
    ahead += seconds;
  };
  return { client, bucket, wait, isEmbedded: embedded !== undefined };
};
