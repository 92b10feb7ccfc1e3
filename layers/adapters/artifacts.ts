import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { isoPrefix } from '#domain/composition/composition.ts';
import { artifactPrefix } from '#domain/infra-env/artifact.ts';
import type {
  ArtifactFinder,
  ArtifactReader,
  ArtifactRemover,
  ArtifactWriter,
  Links,
} from '#domain/infra-env/artifact-ports.ts';
import type { Clock } from '#domain/ports.ts';
import { type Bucket, headObject, readObject, statusOf } from './bucket.ts';
import { removeObjects } from './object-removal.ts';

export const artifactFinder = (artifacts: Bucket): ArtifactFinder => ({
  find: async (key) => {
    const head = await headObject(artifacts, { Key: key });
    return head && { key, size: head.ContentLength ?? 0, lastModified: head.LastModified ?? new Date(0) };
  },
});

/** Which write an object is of; undefined when it is gone by now, or of an earlier version of the service. */
const writerOf = async (artifacts: Bucket, key: string): Promise<string | undefined> =>
  (await headObject(artifacts, { Key: key }))?.Metadata?.writer;

export const artifactWriter = ({ client, bucket }: Bucket): ArtifactWriter => ({
  writeOnce: async (key, bytes) => {
    // When the answer to its first try is lost, the SDK's second one meets its own object, which is known by this.
    const writer = randomUUID();
    const write = () =>
      client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: 'application/octet-stream',
          Metadata: { writer },
          IfNoneMatch: '*',
        }),
      );
    try {
      // 409: another write of the same key was under way. It has ended by the time of the second try, one way or the other.
      await write().catch((error) => (statusOf(error) === 409 ? write() : Promise.reject(error)));
      return true;
    } catch (error) {
      if (statusOf(error) === 412) return (await writerOf({ client, bucket }, key)) === writer;
      throw error;
    }
  },
  remove: async (key) => {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },
});

/** Removes everything that was generated or composed for an infra-env. */
export const artifactRemover = (artifacts: Bucket): ArtifactRemover => ({
  removeAll: async (infraEnvId) => {
    for (const prefix of [artifactPrefix(infraEnvId), isoPrefix(infraEnvId)]) {
      await removeObjects({ ...artifacts, prefix });
    }
  },
});

/** Reads small artifacts whole. */
export const artifactReader = (artifacts: Bucket): ArtifactReader => ({
  read: (key) => readObject(artifacts, key),
});

interface LinkSettings extends Bucket {
  readonly clock: Clock;
  /** How long a link works, at most. */
  readonly seconds: number;
}

/** A presigned link dies with the credentials that signed it: `expiresAt` is the earlier of the two ends. */
const endOf = (signedAt: Date, seconds: number, credentials: { readonly expiration?: Date }): Date => {
  const own = new Date(signedAt.getTime() + seconds * 1000);
  const { expiration } = credentials;
  return expiration !== undefined && expiration < own ? expiration : own;
};

export const links = ({ client, bucket, clock, seconds }: LinkSettings): Links => ({
  presign: async (key, fileName, method = 'GET') => {
    const signingDate = clock();
    const object = {
      Bucket: bucket,
      Key: key,
      ResponseContentDisposition: `attachment; filename="${fileName}"`,
      ResponseContentType: 'application/octet-stream',
    };
    const command = method === 'GET' ? new GetObjectCommand(object) : new HeadObjectCommand(object);
    const url = await getSignedUrl(client, command, { expiresIn: seconds, signingDate });
    return { url, expiresAt: endOf(signingDate, seconds, await client.config.credentials()) };
  },
});
