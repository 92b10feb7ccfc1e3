import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';

/** Where the installers of all releases are kept. */
export interface InstallerObjects {
  /** The object's bytes as stored; undefined when there is no such object. */
  readonly open: (key: string) => Promise<Readable | undefined>;
}

interface ReleaseBucket {
  readonly client: S3Client;
  readonly bucket: string;
}

export const installerObjects = ({ client, bucket }: ReleaseBucket): InstallerObjects => ({
  open: async (key) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!(Body instanceof Readable)) throw new Error('S3 answered without a stream');
      return Body;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
});
