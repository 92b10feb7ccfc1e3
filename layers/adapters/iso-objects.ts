import type { S3Client } from '@aws-sdk/client-s3';
import { isoPrefix } from '#domain/iso/composition.ts';
import type { IsoObjects } from '#domain/iso/ports.ts';
import { removeObjects } from './object-removal.ts';

interface ArtifactBucket {
  readonly client: S3Client;
  readonly bucket: string;
}

export const isoObjects = (artifacts: ArtifactBucket): IsoObjects => ({
  removeOthers: async (infraEnvId, kept) => {
    await removeObjects({ ...artifacts, prefix: isoPrefix(infraEnvId), kept });
  },
});
