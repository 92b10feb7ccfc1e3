import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { Manifests } from '#domain/cluster/cluster-ports.ts';
import {
  goesTooEarly,
  type ManifestPath,
  manifestKey,
  manifestPathOf,
  manifestPrefix,
} from '#domain/cluster/manifest.ts';
import { type Bucket, readObject } from './bucket.ts';
import { removeObjects } from './object-removal.ts';

interface StoredManifest {
  readonly path: ManifestPath;
  readonly writtenAt: Date;
}

const mediaType = 'application/octet-stream';

const copySource = (bucket: string, key: string): string =>
  [bucket, ...key.split('/')].map(encodeURIComponent).join('/');

/** Manifests as objects; S3 lists them by folder, then by name. */
export const manifestStore = (manifests: Bucket): Manifests => {
  const { client, bucket } = manifests;
  const place = (clusterId: string, path: ManifestPath) => ({ Bucket: bucket, Key: manifestKey(clusterId, path) });

  const stored = async (clusterId: string): Promise<readonly StoredManifest[]> => {
    const found: StoredManifest[] = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: manifestPrefix(clusterId) })) {
      for (const { Key = '', LastModified: writtenAt = new Date(0) } of page.Contents ?? []) {
        const path = manifestPathOf(clusterId, Key);
        if (path !== undefined) found.push({ path, writtenAt });
      }
    }
    return found;
  };

  return {
    list: async (clusterId) => (await stored(clusterId)).map(({ path }) => path),

    read: (clusterId, path) => readObject(manifests, manifestKey(clusterId, path)),

    write: async (clusterId, path, content) => {
      await client.send(new PutObjectCommand({ ...place(clusterId, path), Body: content, ContentType: mediaType }));
    },

    remove: async (clusterId, path) => {
      await client.send(new DeleteObjectCommand(place(clusterId, path)));
    },

    removeAll: async (clusterId) => {
      await removeObjects({ ...manifests, prefix: manifestPrefix(clusterId) });
    },

    // An object copied to itself is as old as the copy.
    renew: async (clusterId, clusterEnd) => {
      const early = (await stored(clusterId)).filter(({ writtenAt }) => goesTooEarly(writtenAt, clusterEnd));
      for (const { path } of early) {
        const target = place(clusterId, path);
        await client.send(
          new CopyObjectCommand({
            ...target,
            CopySource: copySource(bucket, target.Key),
            MetadataDirective: 'REPLACE',
            ContentType: mediaType,
          }),
        );
      }
    },
  };
};
