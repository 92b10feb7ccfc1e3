import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { type S3Options, type S3Server, startS3 } from '#emulators/s3/s3-server.ts';

export const credentials = { accessKeyId: 'AKLOCAL', secretAccessKey: 'a secret of these tests' };
export const region = 'eu-central-1';
export const bucket = 'artifacts';

export type RunningServer = {
  readonly server: S3Server;
  readonly client: S3Client;
  readonly dataDir: string;
  /** Failures that the server calls its own. */
  readonly reported: unknown[];
};

export const clientOf = (endpoint: string, config: S3ClientConfig = {}): S3Client => {
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1, ...config });
  onTestFinished(() => client.destroy());
  return client;
};

/** A folder that goes with the test. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 's3-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** A server over a folder, closed at the end of the test; with an empty bucket unless the folder is given. */
export const runServer = async (options: Partial<S3Options> = {}): Promise<RunningServer> => {
  const dataDir = options.dataDir ?? (await temporaryFolder());
  const reported: unknown[] = [];
  const report = (error: unknown) => void reported.push(error);
  const server = await startS3({ dataDir, credentials, region, report, ...options });
  onTestFinished(() => server.close());
  const client = clientOf(server.endpoint);
  if (options.dataDir === undefined) await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { server, client, dataDir, reported };
};

/** The name and status with which a call was refused; fails if it was not. */
export const refusal = async (call: Promise<unknown>): Promise<{ name: string; status: number }> => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('The call was not refused.');
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : 0;
  return { name: error.name, status: Number(status) };
};
