import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { s3 } from '#adapters/s3-client.ts';
import { region } from '#emulators/account.ts';
import { startS3 } from '#emulators/s3/s3-server.ts';
import { coreOsIso } from '#local/sample-release/core-os-iso.ts';
import { stretchIso } from './stretched-iso.ts';

interface LargeBaseIso {
  /** Of a stack that does not run yet. */
  readonly dataDir: string;
  /** For the ISO, on the same file system. */
  readonly folder: string;
  /** Bytes; whole numbers of sectors, as in stretchIso. */
  readonly size: number;
  readonly shift: number;
}

export const largeIsoAddress = 's3://incoming/agent-ove.iso';

/**
 * Puts an ISO that is nearly all holes into the S3 of a data folder; as a link, so that not even the holes are read.
 *
 * @returns its path
 */
export const importLargeIso = async ({ dataDir, folder, size, shift }: LargeBaseIso): Promise<string> => {
  const path = join(folder, 'agent-ove.x86_64.iso');
  await stretchIso({ iso: await coreOsIso({ folder }), path, size, shift });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const server = await startS3({ dataDir: join(dataDir, 's3'), credentials, region });
  const client = s3({ endpoint: server.endpoint, region, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'incoming' }));
  await server.importFile({ bucket: 'incoming', key: 'agent-ove.iso', path, mode: 'link' });
  client.destroy();
  await server.close();
  return path;
};
