import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';

interface Removal extends Bucket {
  readonly prefix: string;
  /** The keys that stay. */
  readonly kept?: readonly string[];
}

/** Removes the objects under a prefix. @returns how many @throws Error that names an object which cannot be removed */
export const removeObjects = async ({ client, bucket, prefix, kept = [] }: Removal): Promise<number> => {
  let removed = 0;
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    const objects = (page.Contents ?? []).flatMap(({ Key }) =>
      Key === undefined || kept.includes(Key) ? [] : [{ Key }],
    );
    if (objects.length === 0) continue;
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
    );
    if (Errors[0] !== undefined) throw new Error(`${Errors[0].Key} cannot be removed: ${Errors[0].Code}`);
    removed += objects.length;
  }
  return removed;
};
